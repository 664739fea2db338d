/** A way in which an English sentence shows that it leans on another. */
export type LeaningRule = {
  /** What the words do. */
  readonly name: string;
  readonly pattern: RegExp;
  /** A sentence that the rule is for, and no rule before it in the table. */
  readonly example: string;
  /** One much like it that stands alone. */
  readonly counter?: string;
  /** Only sentences of so many words at most. */
  readonly wordsMost?: number;
};

const QUOTES = '["“‘\'([]*';
const OPENINGS = [
  'th(?:is|at|ese|ose)|its?|they|their|them|he|she|his|her|such|here|there(?! (?:is|are|was|were))',
  'but|and|or|so|yet|nor|still|instead(?! of)|rather(?! than)|otherwise|now|then|thus|hence',
  'therefore|consequently|accordingly|however|nevertheless|nonetheless|meanwhile|moreover',
  'furthermore|besides|also|too|again|indeed|similarly|likewise|conversely|additionally',
  'next|later|finally|afterwards?|lastly|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|first(?:ly)?(?=,)',
  'both|neither|either|none|another|others?|even (?:so|more|better|worse|then)|better (?:still|yet)',
  'as (?:a result|such|a consequence|expected)|because of|despite|in place of|on top of',
  'in (?:contrast|turn|addition|other words|short|fact|particular|response|return|doing so)',
  'on the (?:other hand|contrary)|for (?:example|instance)|at the same time|by (?:contrast|comparison)',
  'after (?:that|all)|the (?:same|other|others|former|latter|rest|reverse|opposite|two|three)',
  'to (?:solve|address|do|achieve|fix|overcome) (?:this|that|it|so)',
].join('|');
const SEVERAL = '(?:two|three|four|five)';
const ANNOUNCED =
  '(?:habit|idea|insight|observation|intuition|pattern|principle|trick|thought|question|hint|clue)';

/** Sentences that look as if they leaned on another, and stand alone. */
export const STANDS_ALONE: readonly LeaningRule[] = [
  {
    name: '“it” that points at what follows in the sentence',
    pattern:
      /^it (?:is|was|has been|remains|takes|seems)(?: \p{L}+ly)? \p{L}+ (?:to|for|that|how|whether|why)\b/iu,
    example: 'It is hard to fold a kite.',
    counter: 'It is hard.',
  },
];

/** What needs the sentence before. */
export const POINTS_BACK: readonly LeaningRule[] = [
  {
    name: 'opens with a pronoun, or with a word that joins it to the sentence before',
    pattern: new RegExp(`^${QUOTES}(?:${OPENINGS})(?![\\p{L}\\p{N}])`, 'iu'),
    example: 'However, the cost stays.',
    counter: 'Instead of tape, Oslo uses ribs.',
  },
  {
    name: 'stands in brackets as a whole',
    pattern: /^[([].*[)\]][.!?]?$/su,
    example: '(A second hall was full.)',
    counter: 'A hall (the second) was full.',
  },
  {
    name: '“such a” or “of them” early on',
    pattern: /^(?:\S+\s+){0,7}?(?:such an?|of (?:them|the (?:two|three|four)))\b/iu,
    example: 'Nobody had seen such a kite before.',
    counter: 'Nobody had seen kites such as those of Oslo.',
  },
  {
    name: 'a pronoun among the first three words',
    pattern: /^(?:\S+\s+){1,2}(?:it|them|they|he|she|others?)\b/iu,
    example: 'Turn it over for a fall.',
    counter: 'Turn a kite over and it falls.',
  },
  {
    name: '“that” for something said, at the end of a clause',
    pattern: /\b(?:in|of|to|for|by|with|from|at|about|behind) that(?=[,.;]|\s(?:and|but)\b)/iu,
    example: 'Builders saw waste in that.',
    counter: 'Builders saw waste in that tape.',
  },
  {
    name: 'a pronoun right after a first phrase',
    pattern:
      /^(?:in|on|at|with|by|from|for|through|across|without|to)\s[^,;:]{0,50}?,?\s(?:it|they|that (?:is|was|has))\b/iu,
    example: 'In flights over the sea, it was steady.',
    counter: 'In flights over the sea, a kite is steady if it has ribs.',
  },
  {
    name: 'a joining word further on',
    pattern:
      /^(?:\S+\s+){1,4}(?:therefore|also|however|then|thus|instead(?! of))\b|,\s(?:though|too|however|then|as well)\b|\b(?:too|as well|either)[.!]$|\bthe (?:\S+ ){1,2}(?:back|again)[.!]$/iu,
    example: 'The wing can therefore bend.',
    counter: 'The wing bends, as wings of paper do.',
  },
  {
    name: '“both” of two that it does not name',
    pattern: /\bboth\b(?<!\band\s(?:\S{1,30}\s){1,3}both)(?![^,.;:]{0,80}\sand\s)/iu,
    example: 'A single fold has to serve both.',
    counter: 'A single fold has to serve both wing and tail.',
  },
  {
    name: '“the two”',
    pattern: /\bthe (?:two|three)\b(?! (?:main|most|largest|best|following)\b)/iu,
    example: 'A ruler helps a builder tell the two apart.',
    counter: 'A ruler tells one fold from two others.',
  },
];

/** What needs the sentence after. */
export const POINTS_AHEAD: readonly LeaningRule[] = [
  {
    name: 'ends with a colon',
    pattern: /[:：]\p{Pf}?$/u,
    example: 'Oslo compared three folds:',
    counter: 'Oslo compared two folds: dart and gull.',
  },
  {
    name: 'asks',
    pattern: /[?？]["”’)\]]*$/u,
    example: 'Why do kites fall?',
    counter: 'Nobody asked why kites fall.',
  },
  {
    name: 'says that something follows',
    pattern: /\b(?:as follows|the following)\b/iu,
    example: 'A kite is made as follows.',
  },
  {
    name: 'counts what it does not name',
    pattern: new RegExp(
      `\\b${SEVERAL} (?:kinds|types|sorts|ways|steps|stages|phases|parts|reasons|things|moves|questions|ideas)\\b(?!.*[:—–])|\\b${SEVERAL}-(?:step|stage|part|phase)\\b(?!.*[:—–])`,
      'iu',
    ),
    example: 'Builders know two kinds of fold.',
    counter: 'Builders know two kinds of fold: dart and gull.',
  },
  {
    name: 'says that there is a catch, and not which',
    pattern:
      /\bthere (?:is|was) (?:an?|one|another) (?:\p{L}+ )?(?:catch|twist|snag|hitch|problem|question|reason|difference)[.!]/iu,
    example: 'There is one catch.',
    counter: 'There is one catch with ribs, the weight.',
  },
  {
    name: 'announces what is done with an idea, and not how',
    pattern: new RegExp(`\\b(?:this|that|the same) (?:\\p{L}+ )?${ANNOUNCED}\\b`, 'iu'),
    wordsMost: 8,
    example: 'RibKite builds on this habit.',
    counter: 'Folding on this pattern, RibKite keeps paper from tearing in wind.',
  },
  {
    name: 'announces an idea, and not which',
    pattern: new RegExp(
      `\\b(?:starts?|started|begins?|began|opens?) (?:with|from) (?:an?|one) (?:\\p{L}+ )?${ANNOUNCED}[.!]$|\\b(?:gave|gives?|offers?|offered|held|holds?) (?:\\p{L}+ )?an? ${ANNOUNCED}[.!]$`,
      'iu',
    ),
    example: 'RibKite starts with a simple observation.',
    counter: 'RibKite starts with the observation that paper remembers folds.',
  },
];

/** What is a poor end: a reader waits for more, if not for the next sentence. */
export const POOR_ENDS: readonly LeaningRule[] = [
  {
    name: 'names a method, and says nothing of it',
    pattern:
      /\b(?:method|approach|recipe|technique|system|architecture|framework|model|idea|result) is (?:called|named|known as)\s[^,;:]+(?:, or [^\s,]+)?[.!]$/iu,
    wordsMost: 12,
    example: 'The method is called Rib Folding, or RF.',
    counter: 'The method is called Rib Folding, and needs no glue.',
  },
];

/** The rule of a table that a sentence falls under. */
export function findRule(text: string, table: readonly LeaningRule[]): LeaningRule | undefined {
  return table.find(({ pattern, wordsMost }) => isShort(text, wordsMost) && pattern.test(text));
}

function isShort(text: string, wordsMost: number | undefined): boolean {
  return wordsMost === undefined || text.trim().split(/\s+/u, wordsMost + 1).length <= wordsMost;
}
