// Stands in for packages that the test PDS loads only from parts that it never starts:
// telemetry and the lexicon builder's command line.
export {};
