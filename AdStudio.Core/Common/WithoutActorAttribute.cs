namespace AdStudio.Core.Common;

/// <summary>An action that comes before there is an actor (signing in), or that works for every organization (sending mail).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WithoutActorAttribute : Attribute;
