import type { Entry } from './gather-codes.ts';
import type { Kind } from './read-site.ts';

const HEAD = `# Codes

<!-- Written by \`npm run schema\` from the source and schema/codes/: change those, not this file. -->

Everything that Paperboy has to say has a code that stays the same, whatever the words: programs may rely on it, and people find it here. “…” stands for what is put in.
`;

const CHAPTERS: readonly { readonly kind: Kind; readonly title: string; readonly about: string }[] =
  [
    {
      kind: 'finding',
      title: 'Findings',
      about:
        'What is noticed about an issue, by `paperboy import`, `check`, the inbox, a feed, or where words are edited; each comes with its file, line and words. An *error* keeps the issue out, a *warning* is a doubt that somebody should look at, an *info* tells what was done to the text.',
    },
    {
      kind: 'error',
      title: 'Errors',
      about:
        'Why a command did not do what was asked: it prints the message and, after an arrow, what to do, and its exit code is 1. Nothing is half done then.',
    },
    {
      kind: 'check',
      title: 'What the doctor sees',
      about:
        'What `paperboy doctor` looks at. An *error* keeps something from its work now, a *warning* may do so later or is likely not meant; what is *ok* has nothing to do, and *skipped* is what could not be asked.',
    },
    {
      kind: 'event',
      title: 'Events of the log',
      about:
        'What `paperboy start` writes on stderr: a line of JSON for each event, its name in `msg`, its level in `level` (30 is info, 40 warn, 50 error). *error*: a person must act; *warn*: it goes on by itself; *info*: something has changed. Secrets and the texts of posts are in none of them.',
    },
  ];

/** docs/codes.md: every code with what is said under it and what to do, by kind and name. */
export function makeCodes(entries: readonly Entry[]): string {
  const index = CHAPTERS.map(({ title }) => `- [${title}](#${slug(title)})`);
  const chapters = CHAPTERS.map(({ kind, title, about }) => {
    const own = entries.filter((one) => one.kind === kind);
    return `\n## ${title}\n\n${about}\n\n${tellAreas(own)}\n\n${tellAll(own)}`;
  });
  return `${[HEAD, index.join('\n'), ...chapters].join('\n').trim()}\n`;
}

/** The first words of the codes, each leading to its first row. */
function tellAreas(entries: readonly Entry[]): string {
  const first = new Map<string, Entry>();
  for (const one of entries) if (!first.has(findArea(one))) first.set(findArea(one), one);
  return [...first].map(([area, one]) => `[${area}](#${nameRow(one)})`).join(' · ');
}

function tellAll(entries: readonly Entry[]): string {
  const what = entries[0]?.kind === 'event' ? 'when' : 'what it says';
  const rows = entries.map((one) => {
    const { code, levels, said, remedies } = one;
    const name = `<a id="${nameRow(one)}"></a>\`${code}\``;
    return `| ${name} | ${levels.join(', ')} | ${cell(said)} | ${cell(remedies)} |`;
  });
  return [`| code | level | ${what} | what to do |`, '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

/** “paper” of `paper.duplicate`; of the doctor’s, whose codes all begin alike, “mastodon”. */
function findArea({ code, kind }: Entry): string {
  const [first = '', second = ''] = code.split('.');
  return kind === 'check' ? (second.split('-')[0] ?? '') : first;
}

/** The same code may be a finding and an event. */
function nameRow({ kind, code }: Entry): string {
  return `${kind}-${code.replace('.', '-')}`;
}

function slug(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
}

function cell(texts: readonly string[]): string {
  return texts
    .map((text) =>
      text
        .replaceAll('|', '\\|')
        .replaceAll('<', '&lt;')
        .replaceAll(/\s*\n\s*/g, ' '),
    )
    .join('<br>');
}
