import { closeSync, openSync, statSync } from 'node:fs';
import { askGit } from './ask-git.ts';
import { doubt, fault, type Seen, well } from './check.ts';

/** Whether anybody else can read the file of the secrets, on this machine or in a repository. */
export async function checkEnvFile(path: string): Promise<Seen[]> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    return [well('doctor.env', 'no .env: variables come from the environment alone')];
  }
  const isRead = isReadable(path);
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
  // That it cannot be read is a problem of the configuration, and nothing is well beside that.
  if (seen.length > 0 || !isRead) return seen;
  return [well('doctor.env', `${path} is for its owner alone`)];
}

function isReadable(path: string): boolean {
  try {
    closeSync(openSync(path, 'r'));
    return true;
  } catch {
    return false;
  }
}
