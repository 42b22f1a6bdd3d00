namespace AdStudio.Core.Mail;

/// <summary>Where mail goes when there is no mail server, so that a page can say where to look.</summary>
/// <param name="Folder">Null: a server sends it.</param>
public sealed record MailPlace(string? Folder);
