namespace FeedParser;

/// <summary>
/// An author: RSS <c>author</c> (an address, the name in brackets behind it), Atom person constructs (RFC 4287 section 3.2),
/// <c>dc:creator</c>, JSON Feed <c>authors</c>.
/// </summary>
/// <param name="Name">The name, if any.</param>
/// <param name="Email">The email address, if any.</param>
/// <param name="Url">The person's page, if any.</param>
/// <param name="Text">The byline as the feed writes it, or <c>name (email)</c> where the feed has separate elements.</param>
public sealed record FeedPerson(string? Name, string? Email, string? Url, string Text);
