using System.CommandLine;
using Galatent.App;
using Galatent.App.Options;
using Galatent.Synthesis.Dust;

namespace Galatent.Tests.App.Options;

/// <summary>Options of an enumeration, and the rules on options without effect, name what there is.</summary>
public sealed class EnumOptionTests
{
    [Fact]
    public void Every_member_needs_one_name()
    {
        Assert.Throws<ArgumentException>(() => new EnumOption<DustLaw>("--dust", "", DustLaw.PowerLaw, (DustLaw.PowerLaw, "power-law")));
        Assert.Throws<ArgumentException>(() =>
            new EnumOption<DustLaw>(
                "--dust",
                "",
                DustLaw.PowerLaw,
                (DustLaw.PowerLaw, "a"),
                (DustLaw.PowerLaw, "b"),
                (DustLaw.KriekConroy, "c")
            )
        );
    }

    [Fact]
    public void Names_are_read_and_anything_else_is_refused()
    {
        var dust = new EnumOption<DustLaw>("--dust", "", null, "auto", (DustLaw.KriekConroy, "kc"), (DustLaw.PowerLaw, "power"));
        var command = new RootCommand { dust };
        Assert.Equal(DustLaw.PowerLaw, dust.Given(command.Parse("--dust power")));
        Assert.Equal(DustLaw.KriekConroy, dust.Given(command.Parse("--dust kc")));
        Assert.Null(dust.Given(command.Parse("--dust auto")));
        Assert.Null(dust.Given(command.Parse("")));
        Assert.NotEmpty(command.Parse("--dust PowerLaw").Errors);
        Assert.NotEmpty(command.Parse("--dust 1").Errors);
    }

    [Fact]
    public void Rules_name_options_that_exist()
    {
        foreach (var path in IdleRules.Commands)
        {
            var command = Cli.Root().Subcommands.Single(c => c.Name == path);
            string[] known = [.. command.Options.Select(o => o.Name), .. command.Arguments.Select(a => a.Name)];
            Assert.Empty(IdleRules.Of(path).SelectMany(r => r.Names).Except(known));
        }
    }
}
