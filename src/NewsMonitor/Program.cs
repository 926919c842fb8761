Console.Error.WriteLine("Not composed yet.");
return 2;
