using Portal.Tests.Architecture.Samples.Lower;

namespace Portal.Tests.Architecture.Samples.Upper;

/// <summary>Stands for a type of an upper room; it may use the lower one.</summary>
internal class UpperType
{
    public static int Number() => new InBody().Number();
}

/// <summary>Stands for an attribute of an upper room.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class UpperAttribute : Attribute;

/// <summary>Stands for an exception of an upper room.</summary>
internal sealed class UpperException : Exception;
