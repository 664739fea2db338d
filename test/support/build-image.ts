import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { type Instruction, makeIsIgnored, readDockerfile } from './read-dockerfile.ts';

/** The user `node` of the official images. */
const USERS: Readonly<Record<string, number>> = { node: 1000 };
const INSTALL_MS = 240_000;

/** What a Dockerfile makes, as folders of this machine: `root` stands for `/`. */
export type Image = {
  readonly root: string;
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: string | undefined;
  readonly volumes: readonly string[];
  readonly ports: readonly string[];
  readonly command: readonly string[];
  readonly healthCommand: readonly string[];
};

type Stage = {
  -readonly [Key in keyof Image]: Image[Key];
};

/**
 * Does what a Dockerfile says without Docker: each stage is a folder that stands for its file
 * system, and commands run in it with absolute paths led there. An instruction, an option or a base
 * image that it does not know is an error, as then it would prove nothing. `close` removes it all.
 */
export async function buildImage(
  context: string,
  dockerfile: string,
): Promise<{ readonly image: Image; readonly close: () => Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'paperboy-image-'));
  chmodSync(home, 0o755); // The image's own user is another than the one that builds it.
  const close = async (): Promise<void> => {
    await run(['chmod', '-R', 'u+w', home], { cwd: '/', env: process.env });
    await rm(home, { recursive: true, force: true });
  };
  try {
    const isIgnored = makeIsIgnored(await readFile(join(context, '.dockerignore'), 'utf8'));
    const stages = new Map<string, Stage>();
    let stage: Stage | undefined;
    for (const instruction of readDockerfile(dockerfile)) {
      if (instruction.name === 'FROM') {
        const [, base, name = ''] = /^(\S+)(?:\s+AS\s+(\S+))?$/i.exec(instruction.text) ?? [];
        if (base !== 'node:24-slim') throw unknown(instruction);
        stage = makeStage(join(home, String(stages.size)));
        stages.set(name === '' ? String(stages.size) : name, stage);
        continue;
      }
      if (stage === undefined) throw unknown(instruction);
      await obey(stage, instruction, { context, isIgnored, stages });
    }
    if (stage === undefined) throw new Error('the Dockerfile makes nothing');
    return { image: stage, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A path of the image on this machine. */
export function place({ root }: Pick<Image, 'root'>, path: string): string {
  return join(root, path);
}

type Terms = {
  readonly context: string;
  readonly isIgnored: (path: string) => boolean;
  readonly stages: ReadonlyMap<string, Stage>;
};

/** An official image has Node, a folder for what is temporary, and a home for its user. */
function makeStage(root: string): Stage {
  for (const folder of ['tmp', 'home/node', 'usr/local/bin']) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  chmodSync(join(root, 'tmp'), 0o777);
  chmodSync(join(root, 'home/node'), 0o777);
  copyFileSync(process.execPath, join(root, 'usr/local/bin/node'));
  return {
    ...{ root, workdir: '/', env: {}, user: undefined, volumes: [], ports: [] },
    ...{ command: [], healthCommand: [] },
  };
}

async function obey(stage: Stage, instruction: Instruction, terms: Terms): Promise<void> {
  const { name, text } = instruction;
  switch (name) {
    case 'WORKDIR':
      stage.workdir = text;
      mkdirSync(place(stage, text), { recursive: true });
      return;
    case 'ENV': {
      const pairs = [...text.matchAll(/([A-Z_]+)=(\S+)/g)];
      if (pairs.map(([pair]) => pair).join(' ') !== text.replace(/\s+/g, ' ')) {
        throw unknown(instruction);
      }
      for (const [, key = '', value = ''] of pairs) stage.env = { ...stage.env, [key]: value };
      return;
    }
    case 'COPY':
      copy(stage, instruction, terms);
      return;
    case 'RUN':
      await runStep(stage, text);
      return;
    case 'USER':
      if (USERS[text] === undefined) throw unknown(instruction);
      stage.user = text;
      return;
    case 'VOLUME':
      stage.volumes = [...stage.volumes, text];
      return;
    case 'EXPOSE':
      stage.ports = [...stage.ports, text];
      return;
    case 'CMD':
      stage.command = parseCommand(instruction, text);
      return;
    case 'HEALTHCHECK': {
      const [, command = ''] = /^(?:--[a-z-]+=\S+\s+)*CMD\s+(.*)$/.exec(text) ?? [];
      stage.healthCommand = parseCommand(instruction, command);
      return;
    }
    default:
      throw unknown(instruction);
  }
}

function copy(stage: Stage, instruction: Instruction, { context, isIgnored, stages }: Terms): void {
  const words = instruction.text.split(/\s+/);
  const [, from] = /^--from=(\S+)$/.exec(words[0] ?? '') ?? [];
  const paths = from === undefined ? words : words.slice(1);
  const to = paths.at(-1) ?? '';
  const other = from === undefined ? undefined : stages.get(from);
  if (paths.length < 2 || paths.some((path) => path.startsWith('-'))) throw unknown(instruction);
  if (from !== undefined && other === undefined) throw unknown(instruction);
  const target = join(stage.root, to.startsWith('/') ? '' : stage.workdir, to);
  for (const path of paths.slice(0, -1)) {
    const source = other === undefined ? join(context, path) : place(other, path);
    if (!existsSync(source)) throw new Error(`line ${instruction.line}: there is no ${path}`);
    if (other === undefined && isIgnored(path)) {
      throw new Error(`line ${instruction.line}: .dockerignore keeps ${path} from the build`);
    }
    cpSync(source, to.endsWith('/') ? join(target, basename(path)) : target, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (one) => other !== undefined || !isIgnored(relative(context, one)),
    });
  }
}

/** As root, in the image: absolute paths are led there, and its users are known by their numbers. */
async function runStep(stage: Stage, text: string): Promise<void> {
  const led = text
    .replace(/(?<=\s)\/(?=\w)/g, `${stage.root}/`)
    .replace(/\bnode:node\b/g, `${USERS.node}:${USERS.node}`);
  // Only root can give files away; without it everything belongs to whoever runs this.
  const script = process.getuid?.() === 0 ? led : `chown() { :; }; ${led}`;
  const cwd = place(stage, stage.workdir);
  const path = `${dirname(place(stage, '/usr/local/bin/node'))}:${process.env.PATH}`;
  // What was installed before is in npm's cache; the registry is the machine's own.
  const env = { ...process.env, PATH: path, NODE_OPTIONS: '', npm_config_prefer_offline: 'true' };
  const { code, output } = await run(['sh', '-ec', script], { cwd, env });
  if (code !== 0) throw new Error(`RUN ${text} ended with ${code}:\n${output}`);
}

function run(
  [program = '', ...args]: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn(program, args, { ...options, timeout: INSTALL_MS });
  let output = '';
  const add = (text: string): void => {
    output += text;
  };
  child.stdout.setEncoding('utf8').on('data', add);
  child.stderr.setEncoding('utf8').on('data', add);
  const { promise, resolve, reject } = Promise.withResolvers<{
    code: number | null;
    output: string;
  }>();
  child.on('error', reject).on('close', (code) => resolve({ code, output }));
  return promise;
}

function parseCommand(instruction: Instruction, text: string): readonly string[] {
  // The form without brackets goes through a shell, which keeps signals from the process.
  if (!text.startsWith('[')) throw unknown(instruction);
  const parsed: unknown = JSON.parse(text);
  if (Array.isArray(parsed) && parsed.every((word) => typeof word === 'string')) return parsed;
  throw unknown(instruction);
}

function unknown({ line, name, text }: Instruction): Error {
  return new Error(`line ${line}: this test does not know ${name} ${text}`);
}
