using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace AdStudio.Tests.Support;

internal static class BunitInit
{
    [ModuleInitializer]
    internal static void Hook() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name.Name == "AngleSharp.Diffing"
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "diffing", "AngleSharp.Diffing.dll"))
            : null;
}
