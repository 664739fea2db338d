#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// What was compiled once is not compiled again, type stripping included: a third of a cold start,
// and the memory of the stripper. It works for modules loaded after it, so this file is plain
// JavaScript and all the rest comes after.
enableCompileCache();

await import('../src/main.ts');
