import { doubt, fault, type Seen, well } from './check.ts';

export type SettingsFile = {
  readonly path: string;
  readonly isThere: boolean;
  /** Files beside it whose name is nearly the one that is read. */
  readonly others: readonly string[];
};

/** What is said of a file that this user may not read. */
const UNREADABLE = /^(.+?) cannot be read: .*\((?:EACCES|EPERM)\)$/;

/** Every problem of the configuration, and where the settings come from. */
export function checkConfiguration(problems: readonly string[], file: SettingsFile): Seen[] {
  const seen = problems.map(tellProblem);
  if (seen.length === 0) seen.push(well('doctor.configuration', 'the configuration is right'));
  if (file.isThere)
    return [...seen, well('doctor.settings', `settings are read from ${file.path}`)];
  const [other] = file.others;
  if (other !== undefined) {
    const said = `${other} is not read: the settings are looked for in ${file.path}`;
    return [
      ...seen,
      doubt(
        'doctor.settings-misnamed',
        said,
        `Rename it to paperboy.yaml, or set PAPERBOY_CONFIG to ${other}`,
      ),
    ];
  }
  return [...seen, well('doctor.settings', `no ${file.path}: every setting is at its default`)];
}

function tellProblem(problem: string): Seen {
  const path = UNREADABLE.exec(problem)?.[1];
  if (path !== undefined) {
    return fault(
      'doctor.configuration-unreadable',
      problem,
      `Let this user read it, and nobody else: sudo chown "$(id -un)" ${path} && chmod 600 ${path}`,
    );
  }
  return fault(
    'doctor.configuration-wrong',
    problem,
    'Correct it in the environment, .env or paperboy.yaml; docs/configuration.md has every setting.',
  );
}

/** Whether this Node runs Paperboy; versions as “v24.1.0”. */
export function checkNode(version: string, atLeast: number): Seen {
  const major = Number(/^v?(\d+)/.exec(version)?.[1] ?? 0);
  if (major >= atLeast) return well('doctor.node', `Node ${version}`);
  return fault(
    'doctor.node-old',
    `Node ${version} is older than Paperboy needs`,
    `Install Node ${atLeast} or newer, or start it as npx paperboy after npm ci, which brings one`,
  );
}
