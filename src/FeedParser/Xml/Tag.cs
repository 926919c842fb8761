using FeedParser.Text;

namespace FeedParser.Xml;

/// <summary>Local names that mean something in at least one vocabulary.</summary>
enum Tag : byte
{
    Unknown, Rss, Rdf, Feed, Channel, Item, Image, TextInput, Source, Title, Link, Guid, Id, Identifier, Description, Abstract, Subtitle,
    Tagline, Info, Summary, Content, Encoded, FullItem, Body, PubDate, Published, Issued, Date, Created, Updated, Modified, LastBuildDate,
    Author, Creator, ManagingEditor, Name, Email, Url, Person, WebMaster, Publisher, Owner, Contributor, Category, Subject, Keywords,
    Enclosure, Group, Thumbnail, Language, Generator, Copyright, Ttl, OrigLink, Comments, UpdatePeriod, UpdateFrequency, Total, Icon,
    PublicationDate, Html, LastMod, SkipHours, SkipDays, Hour, Day,
}

/// <summary>The tags by name; several names share a tag where feeds use them for the same thing.</summary>
static class Tags
{
    public static readonly NameTable<Tag> ByName = new(
    [
        new("rss", Tag.Rss), new("rdf", Tag.Rdf), new("feed", Tag.Feed), new("channel", Tag.Channel), new("item", Tag.Item),
        new("entry", Tag.Item),
        new("image", Tag.Image), new("textinput", Tag.TextInput), new("source", Tag.Source), new("title", Tag.Title), new("link", Tag.Link),
        new("guid", Tag.Guid), new("id", Tag.Id), new("identifier", Tag.Identifier), new("description", Tag.Description),
        new("abstract", Tag.Abstract), new("subtitle", Tag.Subtitle), new("tagline", Tag.Tagline), new("info", Tag.Info),
        new("summary", Tag.Summary), new("content", Tag.Content), new("encoded", Tag.Encoded), new("fullitem", Tag.FullItem),
        new("full-text", Tag.FullItem), new("fulltext", Tag.FullItem), new("body", Tag.Body), new("pubdate", Tag.PubDate),
        new("published", Tag.Published), new("issued", Tag.Issued), new("date", Tag.Date), new("created", Tag.Created),
        new("updated", Tag.Updated), new("modified", Tag.Modified), new("lastbuilddate", Tag.LastBuildDate), new("lastmod", Tag.LastMod),
        new("author", Tag.Author), new("creator", Tag.Creator), new("managingeditor", Tag.ManagingEditor), new("name", Tag.Name),
        new("email", Tag.Email), new("url", Tag.Url), new("uri", Tag.Url), new("homepage", Tag.Url), new("person", Tag.Person),
        new("webmaster", Tag.WebMaster), new("publisher", Tag.Publisher), new("owner", Tag.Owner), new("contributor", Tag.Contributor),
        new("category", Tag.Category), new("subject", Tag.Subject), new("keywords", Tag.Keywords), new("tags", Tag.Keywords),
        new("enclosure", Tag.Enclosure),
        new("group", Tag.Group), new("thumbnail", Tag.Thumbnail), new("language", Tag.Language), new("generator", Tag.Generator),
        new("copyright", Tag.Copyright), new("rights", Tag.Copyright), new("ttl", Tag.Ttl), new("origlink", Tag.OrigLink),
        new("comments", Tag.Comments), new("updateperiod", Tag.UpdatePeriod), new("updatefrequency", Tag.UpdateFrequency),
        new("total", Tag.Total), new("icon", Tag.Icon), new("logo", Tag.Icon), new("publicationdate", Tag.PublicationDate),
        new("html", Tag.Html),
        new("skiphours", Tag.SkipHours), new("skipdays", Tag.SkipDays), new("hour", Tag.Hour), new("day", Tag.Day),
    ]);
}
