Console.WriteLine("See README: benchmarks are added with the code they measure.");
