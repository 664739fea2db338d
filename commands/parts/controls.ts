import {
  type APIButtonComponent,
  type APISelectMenuOption,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10';
import type { BotVoice } from '../../formatters/voice/bot/bot-voice.ts';
import { type CommandKey, makeCustomId } from './custom-id.ts';
import { fitLine } from './line.ts';
import type { Row } from './reply.ts';

/* https://discord.com/developers/docs/components/reference */
const LABEL_MOST = 80;
const BUTTON_URL_MOST = 512;
const PLACEHOLDER_MOST = 150;
const OPTION_MOST = 100;
/** No menu has room for more. */
export const MENU_MOST = 25;

/** An entry of a menu, before it is cut to fit. */
export type MenuEntry = {
  readonly label: string;
  /** At most 100 characters, and no two alike; entries that are not so are left out. */
  readonly value: string;
  readonly description?: string;
  readonly isChosen?: boolean;
};

/** How a button looks. */
export type ButtonLook = {
  readonly label: string;
  readonly emoji?: string;
  readonly isDisabled?: boolean;
  readonly style?: keyof typeof STYLES;
};

const STYLES = {
  plain: ButtonStyle.Secondary,
  main: ButtonStyle.Success,
  danger: ButtonStyle.Danger,
} as const;

/** A row of buttons; none is an empty row, which is left out of a body. */
export function makeRow(buttons: readonly APIButtonComponent[]): Row {
  return { type: ComponentType.ActionRow, components: buttons.slice(0, 5) };
}

/** A button that comes back to a command with a state. */
export function makeButton(
  command: CommandKey,
  state: string,
  { label, emoji, isDisabled = false, style = 'plain' }: ButtonLook,
): APIButtonComponent {
  return {
    type: ComponentType.Button,
    style: STYLES[style],
    custom_id: makeCustomId(command, state),
    label: fitLine(label, LABEL_MOST),
    ...(emoji === undefined ? {} : { emoji: { name: emoji } }),
    ...(isDisabled ? { disabled: true } : {}),
  };
}

/** A button that opens an address; nothing where there is none that Discord takes. */
export function makeLink(label: string, url: string | undefined): APIButtonComponent[] {
  if (url === undefined || url.length > BUTTON_URL_MOST || !/^https?:\/\//i.test(url)) return [];
  return [
    { type: ComponentType.Button, style: ButtonStyle.Link, label: fitLine(label, LABEL_MOST), url },
  ];
}

/** A menu in a row of its own; an empty row without entries. */
export function makeMenu(
  command: CommandKey,
  state: string,
  placeholder: string,
  entries: readonly MenuEntry[],
): Row {
  const seen = new Set<string>();
  const options = entries
    .filter(({ value }) => {
      const isNew = value !== '' && value.length <= OPTION_MOST && !seen.has(value);
      seen.add(value);
      return isNew;
    })
    .slice(0, MENU_MOST)
    .map(
      ({ label, value, description, isChosen = false }): APISelectMenuOption => ({
        label: fitLine(label, OPTION_MOST),
        value,
        ...(description === undefined || description === ''
          ? {}
          : { description: fitLine(description, OPTION_MOST) }),
        ...(isChosen ? { default: true } : {}),
      }),
    );
  if (options.length === 0) return { type: ComponentType.ActionRow, components: [] };
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: makeCustomId(command, state),
        placeholder: fitLine(placeholder, PLACEHOLDER_MOST),
        options,
      },
    ],
  };
}

/**
 * ◀ page 2 of 5 ▶, the ends disabled; nothing for a single page. `write` makes the state of a page.
 * Each of the three says what it is in its first letter, so that no two ids are alike.
 */
export function makePager(
  command: CommandKey,
  words: BotVoice,
  { page, pages }: { readonly page: number; readonly pages: number },
  write: (page: number) => string,
): Row {
  if (pages <= 1) return makeRow([]);
  const place = { label: words.pageOf(page, pages), isDisabled: true };
  return makeRow([
    makeButton(command, `<${write(Math.max(1, page - 1))}`, { label: '◀', isDisabled: page <= 1 }),
    makeButton(command, `=${write(page)}`, place),
    makeButton(command, `>${write(page + 1)}`, { label: '▶', isDisabled: page >= pages }),
  ]);
}
