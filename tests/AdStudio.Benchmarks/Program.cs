Console.WriteLine("AdStudio benchmarks");
