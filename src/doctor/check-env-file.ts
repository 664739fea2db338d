import { readFileSync, statSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { askGit } from './ask-git.ts';
import { doubt, fault, type Seen, well } from './check.ts';

/** No name of a variable that anybody sets. */
const PROBE = 'PAPERBOY_PROBE';

/** Whether anybody else can read the file of the secrets, and whether all that stands in it is read. */
export async function checkEnvFile(path: string): Promise<Seen[]> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    return [well('doctor.env', 'no .env: variables come from the environment alone')];
  }
  const text = readText(path);
  const seen: Seen[] = [];
  // Windows has no such modes.
  const mode = process.platform === 'win32' ? 0 : stats.mode & 0o077;
  if (mode !== 0) {
    const octal = (stats.mode & 0o777).toString(8).padStart(4, '0');
    seen.push(
      doubt(
        'doctor.env-open',
        `${path} can be read or written by other users of this machine (mode ${octal})`,
        `Keep it to yourself: chmod 600 ${path}`,
      ),
    );
  }
  const kept = await askGit(path);
  if (kept === 'tracked') {
    seen.push(
      fault(
        'doctor.env-tracked',
        `${path} is tracked by git: its secrets are in the history, and in every copy of it`,
        'Take it out (git rm --cached .env), add .env to .gitignore, and make every token and password in it anew',
      ),
    );
  }
  if (kept === 'open') {
    seen.push(
      doubt(
        'doctor.env-unignored',
        `${path} is in a git repository that does not ignore it`,
        'Add a line .env to .gitignore',
      ),
    );
  }
  const stray = listStrayLines(text ?? '');
  if (stray.length > 0) {
    const lines = `${stray.length === 1 ? 'line' : 'lines'} ${stray.join(', ')}`;
    seen.push(
      doubt(
        'doctor.env-stray',
        `nothing is set by ${lines} of ${path}, and nothing reads what stands there`,
        'Write each variable as NAME=value on a line of its own, its value in quotes if it goes over several; what is no variable after a #',
      ),
    );
  }
  // That it cannot be read is a problem of the configuration, and nothing is well beside that.
  if (seen.length > 0 || text === undefined) return seen;
  return [well('doctor.env', `${path} is for its owner alone`)];
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * The numbers of lines that are neither empty nor a comment and that `parseEnv` makes no variable
 * of, or one whose name has blanks in it, which nothing can read.
 */
function listStrayLines(text: string): number[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    if (/^\s*(?:#|$)/.test(line)) return [];
    const [name] = Object.keys(parseEnv(line));
    if (name !== undefined && !/\s/.test(name)) return [];
    // Inside a value of several lines nothing else can be set.
    const probed = lines.toSpliced(index, 0, `${PROBE}=1`).join('\n');
    return parseEnv(probed)[PROBE] === '1' ? [index + 1] : [];
  });
}
