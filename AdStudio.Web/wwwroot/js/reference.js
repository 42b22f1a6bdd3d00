// Shows the OpenAPI document that the page names. Keys and tokens typed here stay in this tab.
const target = document.getElementById("reference");
window.SwaggerUIBundle({
  domNode: target,
  url: target.dataset.document,
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  persistAuthorization: false,
  tryItOutEnabled: true,
  validatorUrl: null,
});
