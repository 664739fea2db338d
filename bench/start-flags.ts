import packageJson from '../package.json' with { type: 'json' };

/** The flags that `npm start` hands to Node. */
export const START_FLAGS: readonly string[] = packageJson.scripts.start
  .split(' ')
  .filter((word) => word.startsWith('--'));
