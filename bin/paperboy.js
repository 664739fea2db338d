#!/usr/bin/env node
import module from 'node:module';

// An older Node can't read what comes after, so it is told here, before anything else is loaded.
if (Number.parseInt(process.versions.node, 10) < 24) {
  process.stderr.write(
    `Cannot start Paperboy as it needs Node 24 or newer: this is ${process.versions.node}.\n` +
      '  → Run `npm ci` in the checkout, which brings its own Node, then `npm start` or `npx paperboy`.\n',
  );
  process.exit(1);
}

// What was compiled once is not compiled again, type stripping included: a third of a cold start,
// and the memory of the stripper. It works for modules loaded after it, so this file is plain
// JavaScript and all the rest comes after.
module.enableCompileCache();

await import('../src/main.ts');
