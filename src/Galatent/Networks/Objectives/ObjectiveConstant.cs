namespace Galatent.Networks.Objectives;

/// <summary>A constant of an objective that can be chosen. Objectives that share one give it the same name and type.</summary>
/// <param name="Name">Its name in small letters with hyphens, e.g. <c>tc-weight</c>; an option of the command line.</param>
/// <param name="Description">What it is, with its unit.</param>
public abstract record ObjectiveConstant(string Name, string Description);

/// <summary>A constant that is a real number.</summary>
/// <param name="Name">As in <see cref="ObjectiveConstant"/>.</param>
/// <param name="Description">As in <see cref="ObjectiveConstant"/>.</param>
/// <param name="With">The objective with that value.</param>
public sealed record RealConstant(string Name, string Description, Func<double, Objective> With) : ObjectiveConstant(Name, Description);

/// <summary>A constant that counts something.</summary>
/// <param name="Name">As in <see cref="ObjectiveConstant"/>.</param>
/// <param name="Description">As in <see cref="ObjectiveConstant"/>.</param>
/// <param name="With">The objective with that value.</param>
public sealed record CountConstant(string Name, string Description, Func<int, Objective> With) : ObjectiveConstant(Name, Description);

/// <summary>A constant that is the folder of a trained model.</summary>
/// <param name="Name">As in <see cref="ObjectiveConstant"/>.</param>
/// <param name="Description">As in <see cref="ObjectiveConstant"/>.</param>
/// <param name="With">The objective with that model; throws an InputException where the folder holds none.</param>
public sealed record ModelFolderConstant(string Name, string Description, Func<string, Objective> With)
    : ObjectiveConstant(Name, Description);
