using Galatent.App;

return Cli.Run(args);
