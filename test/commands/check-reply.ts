import { type APIButtonComponent, ButtonStyle, ComponentType } from 'discord-api-types/v10';
import type { ReplyBody } from '../../commands/parts/reply.ts';
import { checkDiscordMessage } from '../../formatters/discord.ts';
import { findComponentProblems } from '../fakes/discord/component-rules.ts';
import type { Spec } from '../fakes/discord/spec.ts';

/** What can be used in a message: a button that is enabled, or an entry of a menu. */
export type Use = { readonly customId: string; readonly values: readonly string[] };

/** Everything that Discord would refuse about a reply, or that would ping somebody. */
export function listProblems(body: ReplyBody, spec?: Spec): string[] {
  const { content, embeds, components, allowed_mentions } = body;
  const problems: string[] = [];
  const refuse = (isWrong: boolean, what: string): void => {
    if (isWrong) problems.push(what);
  };
  refuse(JSON.stringify(allowed_mentions) !== '{"parse":[]}', 'it may ping somebody');
  refuse(content.length > 2000, 'its content is too long');
  refuse(content.trim() === '' && embeds.length === 0, 'it is empty');
  if (embeds.length > 0) {
    const why = checkDiscordMessage({ embeds, allowed_mentions });
    if (why !== undefined) problems.push(why);
  }
  for (const { title = 'x', description, footer } of embeds) {
    refuse(title.trim() === '', 'a title is blank');
    refuse(footer.text.trim() === '', 'a footer is blank');
    refuse(/(?<!\\)@(?:everyone|here)/.test(description + title), 'everyone is named');
    refuse(/(?<!\\)<[@#]/.test(description + title), 'somebody is mentioned');
  }
  refuse(/(?<!\\)@(?:everyone|here)|(?<!\\)<[@#]/.test(content), 'its content mentions somebody');
  for (const { path, message } of findComponentProblems(components, {
    isV2: false,
    fileNames: [],
  })) {
    problems.push(`${path.join('.')}: ${message}`);
  }
  for (const component of components.flatMap((row) => row.components)) {
    if (component.type !== ComponentType.StringSelect) continue;
    const { options, placeholder = '' } = component;
    refuse(options.length === 0 || options.length > 25, `a menu has ${options.length} entries`);
    refuse(placeholder.length > 150, 'a placeholder is too long');
    refuse(
      new Set(options.map(({ value }) => value)).size < options.length,
      'two values are alike',
    );
    for (const { label, value, description = 'x' } of options) {
      const texts = [label, value, description];
      refuse(
        texts.some((text) => text.length > 100),
        'a text of a menu is too long',
      );
      refuse(
        texts.some((text) => text.trim() === ''),
        'a text of a menu is blank',
      );
    }
  }
  refuse(JSON.stringify(body) !== JSON.stringify(body).toWellFormed(), 'it has half characters');
  return [
    ...problems,
    ...(spec?.check('MessageCreateRequest', body) ?? []).map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    ),
  ];
}

/** All that a member can press or choose in a message. */
export function listUses({ components }: ReplyBody): Use[] {
  return components
    .flatMap((row) => row.components)
    .flatMap((component): Use[] => {
      if (component.type === ComponentType.StringSelect) {
        return component.options.map(({ value }) => ({
          customId: component.custom_id,
          values: [value],
        }));
      }
      return isPressable(component) ? [{ customId: component.custom_id, values: [] }] : [];
    });
}

/** The button with that label. */
export function findButton({ components }: ReplyBody, label: string): APIButtonComponent {
  const found = components
    .flatMap((row) => row.components)
    .find((one) => one.type === ComponentType.Button && 'label' in one && one.label === label);
  if (found?.type !== ComponentType.Button) throw new Error(`There is no button ${label}`);
  return found;
}

function isPressable(
  button: APIButtonComponent,
): button is Extract<APIButtonComponent, { custom_id: string }> {
  const isOurs = button.style !== ButtonStyle.Link && button.style !== ButtonStyle.Premium;
  return isOurs && button.disabled !== true;
}
