import type { Problem } from './errors.ts';
import { codePoints, isJsonObject, type JsonObject, objectsOf, textOf } from './json.ts';
import { findUrlProblems } from './url-rules.ts';

/** https://discord.com/developers/docs/components/reference */
export const componentLimits = {
  total: 40,
  legacyRows: 5,
  rowButtons: 5,
  textTotal: 4_000,
  buttonLabel: 80,
  customId: 100,
  buttonUrl: 512,
  mediaUrl: 2_048,
  mediaDescription: 1_024,
} as const;

const ROW = 1;
const BUTTON = 2;
const SELECTS = [3, 5, 6, 7, 8];
const TEXT_DISPLAY = 10;
const LINK_STYLE = 5;
const PREMIUM_STYLE = 6;

type Path = readonly (string | number)[];
type Placed = { readonly component: JsonObject; readonly path: Path };
type Context = { readonly isV2: boolean; readonly fileNames: readonly string[] };

/** What Discord refuses in the components of a message, nested ones included. */
export function findComponentProblems(components: unknown, context: Context): readonly Problem[] {
  if (components === undefined || components === null) return [];
  const path = ['components'];
  if (!Array.isArray(components)) {
    return [
      { path, code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' },
    ];
  }
  const all = components.flatMap((one, index) => flatten(one, ['components', index]));
  return [
    ...(context.isV2 ? findV2Problems(all, path) : findLegacyProblems(components, path)),
    ...findDuplicateIds(all),
    ...all.flatMap((placed) => findOneProblems(placed, context.fileNames)),
  ];
}

/** A component and everything inside it, accessories included, in the order of reading. */
export function flatten(value: unknown, path: Path): readonly Placed[] {
  if (!isJsonObject(value)) return [];
  const inside = Array.isArray(value.components) ? value.components : [];
  return [
    { component: value, path },
    ...inside.flatMap((one, index) => flatten(one, [...path, 'components', index])),
    ...flatten(value.accessory, [...path, 'accessory']),
  ];
}

function findV2Problems(all: readonly Placed[], path: Path): readonly Problem[] {
  const problems: Problem[] = [];
  if (all.length > componentLimits.total) {
    const code = 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED';
    const message = `Total number of components exceeds the maximum of ${componentLimits.total}`;
    problems.push({ path, code, message });
  }
  const text = all
    .filter(({ component }) => component.type === TEXT_DISPLAY)
    .reduce((sum, { component }) => sum + codePoints(textOf(component.content)), 0);
  if (text > componentLimits.textTotal) {
    const code = 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED';
    const message = `Displayable text exceeds the maximum size of ${componentLimits.textTotal}`;
    problems.push({ path, code, message });
  }
  return problems;
}

/** https://discord.com/developers/docs/components/reference#legacy-message-component-behavior */
function findLegacyProblems(components: readonly unknown[], path: Path): readonly Problem[] {
  if (components.length > componentLimits.legacyRows) {
    const message = `Must be ${componentLimits.legacyRows} or fewer in length.`;
    return [{ path, code: 'BASE_TYPE_MAX_LENGTH', message }];
  }
  return components.flatMap((component, index) => {
    if (isJsonObject(component) && component.type === ROW) return [];
    const message = `Value of field "type" must be one of (${ROW},).`;
    return [{ path: [...path, index, 'type'], code: 'UNION_TYPE_CHOICES', message }];
  });
}

function findDuplicateIds(all: readonly Placed[]): readonly Problem[] {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const { component, path } of all) {
    const id = component.custom_id;
    if (typeof id !== 'string') continue;
    if (seen.has(id)) {
      const message = 'Component custom id cannot be duplicated';
      problems.push({
        path: [...path, 'custom_id'],
        code: 'COMPONENT_CUSTOM_ID_DUPLICATED',
        message,
      });
    }
    seen.add(id);
  }
  return problems;
}

function findOneProblems(
  { component, path }: Placed,
  files: readonly string[],
): readonly Problem[] {
  const isSelect = SELECTS.includes(Number(component.type));
  return [
    ...(component.type === ROW ? findRowProblems(component, path) : []),
    ...(component.type === BUTTON ? findButtonProblems(component, path) : []),
    ...(isSelect && component.custom_id == null ? [required([...path, 'custom_id'])] : []),
    ...findLengthProblems(component.custom_id, [...path, 'custom_id'], componentLimits.customId),
    ...findMediaProblems(component, path, files),
    ...objectsOf(component.items).flatMap((item, index) =>
      findMediaProblems(item, [...path, 'items', index], files),
    ),
  ];
}

function findRowProblems(row: JsonObject, path: Path): readonly Problem[] {
  const inside = objectsOf(row.components);
  const at = [...path, 'components'];
  if (inside.length === 0 || inside.length > componentLimits.rowButtons) {
    const message = `Must be between 1 and ${componentLimits.rowButtons} in length.`;
    return [{ path: at, code: 'BASE_TYPE_BAD_LENGTH', message }];
  }
  const hasSelect = inside.some(({ type }) => SELECTS.includes(Number(type)));
  if (!hasSelect || inside.length === 1) return [];
  const message = 'The specified component exceeds the maximum width';
  return [{ path: at, code: 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', message }];
}

/** https://discord.com/developers/docs/components/reference#button */
function findButtonProblems(button: JsonObject, path: Path): readonly Problem[] {
  const { style, url, custom_id: customId } = button;
  const problems = [
    ...findLengthProblems(button.label, [...path, 'label'], componentLimits.buttonLabel),
    ...findUrlProblems(url, [...path, 'url'], { limit: componentLimits.buttonUrl }),
  ];
  if (style === PREMIUM_STYLE) return problems;
  if (url != null && customId != null) {
    const code = 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE';
    problems.push({ path, code, message: 'A custom id and url cannot both be specified' });
  }
  if (style === LINK_STYLE ? url == null : customId == null) {
    const code =
      style === LINK_STYLE
        ? 'BUTTON_COMPONENT_URL_REQUIRED'
        : 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED';
    const what = style === LINK_STYLE ? 'url' : 'custom id';
    problems.push({ path, code, message: `A ${what} is required` });
  }
  if (textOf(button.label) === '' && !isJsonObject(button.emoji)) {
    const code = 'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED';
    problems.push({ path, code, message: 'A label or an emoji is required' });
  }
  return problems;
}

function findMediaProblems(
  holder: JsonObject,
  path: Path,
  files: readonly string[],
): readonly Problem[] {
  const key = isJsonObject(holder.media) ? 'media' : 'file';
  const media = holder[key];
  if (!isJsonObject(media)) return [];
  const at = [...path, key, 'url'];
  const url = textOf(media.url);
  const limit = componentLimits.mediaUrl;
  const name = /^attachment:\/\/(.*)$/.exec(url)?.[1];
  return [
    ...findLengthProblems(
      holder.description,
      [...path, 'description'],
      componentLimits.mediaDescription,
    ),
    ...findUrlProblems(url, at, { limit, allowsAttachment: true }),
    ...(name !== undefined && !files.includes(name) ? [fileNotFound(at)] : []),
  ];
}

function findLengthProblems(value: unknown, path: Path, limit: number): readonly Problem[] {
  if (codePoints(textOf(value)) <= limit) return [];
  return [{ path, code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${limit} or fewer in length.` }];
}

function required(path: Path): Problem {
  return { path, code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
}

function fileNotFound(path: Path): Problem {
  const code = 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND';
  return { path, code, message: 'The referenced attachment was not found' };
}
