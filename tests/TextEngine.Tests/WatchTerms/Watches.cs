using TextEngine.WatchTerms;

namespace TextEngine.Tests.WatchTerms;

/// <summary>Watches that the tests share.</summary>
static class Watches
{
    public static WatchDefinition Qaani { get; } = new()
    {
        Id = "qaani",
        Name = "Esmail Qaani",
        Terms = ["قاآني", "إسماعيل قاآني", "Qaani", "Esmail Ghaani"],
        Context = ["فيلق القدس", "الحرس الثوري", "سپاه قدس", "IRGC", "Quds Force"],
        Not = ["أحمر قاني"],
        Examples = new(["زيارة لقاآني"], ["إبراهيم اللقاني"]),
    };

    public static WatchDefinition QudsForce { get; } = new()
    {
        Id = "quds-force",
        Name = "Quds Force",
        Terms = ["فيلق القدس", "نیروی قدس", "سپاه قدس", "Quds Force"],
    };

    public static WatchDefinition KataibHezbollah { get; } = new()
    {
        Id = "kataib-hezbollah",
        Name = "Kataib Hezbollah",
        Terms = ["كتائب حزب الله", "کتائب حزب‌الله", "Kataib Hezbollah"],
    };

    public static IReadOnlyList<WatchDefinition> Owner { get; } = [Qaani, QudsForce, KataibHezbollah];
}
