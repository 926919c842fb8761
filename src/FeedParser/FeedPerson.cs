namespace FeedParser;

/// <summary>An author.</summary>
/// <param name="Name">The name, if any.</param>
/// <param name="Email">The email address, if any.</param>
/// <param name="Url">The person's page, if any.</param>
/// <param name="Text">The byline as the feed writes it, or <c>name (email)</c> where the feed has separate elements.</param>
public sealed record FeedPerson(string? Name, string? Email, string? Url, string Text);
