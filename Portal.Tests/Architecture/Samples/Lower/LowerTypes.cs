using Portal.Tests.Architecture.Samples.Upper;

namespace Portal.Tests.Architecture.Samples.Lower;

// One type for each kind of place where a use of an upper room can be written; nothing calls them.
internal sealed class InBody
{
    public int Number() => UpperType.Number();
}

internal sealed class InLambda
{
    public Func<int, int> Add() => number => number + UpperType.Number();
}

internal sealed class InAsync
{
    public async Task<int> NumberAsync()
    {
        await Task.Yield();
        return UpperType.Number();
    }
}

internal sealed class InIterator
{
    public IEnumerable<int> Numbers()
    {
        yield return UpperType.Number();
    }
}

internal sealed class InField
{
    private readonly List<UpperType?> _upper = [];

    public bool Has => _upper.Count > 0;
}

internal sealed class InTypeArgument
{
    public List<UpperType> All { get; } = [];
}

internal sealed class InParameter
{
    public bool Is(UpperType upper) => upper is not null;
}

internal sealed class InBase : UpperType;

[Upper]
internal sealed class InAttribute;

internal sealed class InCatch
{
    public bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (UpperException)
        {
            return false;
        }
    }
}

internal sealed class InTypeOf
{
    public string Name() => typeof(UpperType).Name;
}
