// Undo and redo belong to the whole creative: the browser's own would know nothing of files and cards, nor of what the server put into a field.
export function watch(form, dotnet) {
  const key = e => {
    if (!(e.ctrlKey || e.metaKey) || e.altKey) return;
    const name = e.key.toLowerCase();
    if (name !== "z" && name !== "y") return;
    e.preventDefault();
    dotnet.invokeMethodAsync("Pressed", name === "y" || e.shiftKey);
  };
  form?.addEventListener("keydown", key);
  return { dispose: () => form?.removeEventListener("keydown", key) };
}
