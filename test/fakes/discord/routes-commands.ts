import { commandLimits, findCommandProblems, findListProblems } from './command-rules.ts';
import { type Scope, type StoredCommand, withoutLocalizations } from './command-store.ts';
import { invalidForm, type Problem, refusals } from './errors.ts';
import { type JsonObject, numberOf, objectsOf, textOf } from './json.ts';
import { type Answer, type Route, type RouteRequest, refuseProblems, type World } from './world.ts';

const CHAT_INPUT = 1;
const limitsByType: Readonly<Record<number, number>> = {
  1: commandLimits.chatInput,
  2: commandLimits.user,
  3: commandLimits.message,
};

/** Which commands a path names: of the application alone, everywhere or in one guild. */
type Place = { readonly scope: Scope; readonly applicationId: string; readonly commandId: string };
type Handler = (world: World, request: RouteRequest, place: Place) => Answer;

/** Application commands: https://discord.com/developers/docs/interactions/application-commands */
export const commandRoutes: readonly Route[] = [
  ...routesUnder('/applications/:id/commands', 'everywhere'),
  ...routesUnder('/applications/:id/guilds/:id/commands', 'guild'),
];

function routesUnder(path: string, where: 'everywhere' | 'guild'): readonly Route[] {
  const placed =
    (handle: Handler): Route['handle'] =>
    (world, request) =>
      handle(world, request, placeOf(world, request, where));
  return [
    { method: 'GET', path, handle: placed(listCommands) },
    { method: 'PUT', path, takesList: true, handle: placed(replaceCommands) },
    { method: 'POST', path, handle: placed(createCommand) },
    { method: 'GET', path: `${path}/:id`, handle: placed(getCommand) },
    { method: 'PATCH', path: `${path}/:id`, handle: placed(updateCommand) },
    { method: 'DELETE', path: `${path}/:id`, handle: placed(deleteCommand) },
  ];
}

function listCommands(world: World, request: RouteRequest, { scope }: Place): Answer {
  const commands = world.commands.list(scope);
  const isLocalized = request.query.get('with_localizations') === 'true';
  return { status: 200, body: isLocalized ? commands : withoutLocalizations(commands) };
}

/** Replaces all of them: what has the name of an old one keeps its id, what is missing goes. */
function replaceCommands(world: World, request: RouteRequest, place: Place): Answer {
  const { scope, applicationId } = place;
  const definitions = objectsOf(request.body.json.items);
  const bySpec = definitions.flatMap((one, index) =>
    prefixed(world.spec?.check('ApplicationCommandUpdateRequest', one) ?? [], index),
  );
  refuseProblems(findListProblems(definitions), bySpec);
  for (const [type, limit] of Object.entries(limitsByType)) {
    const count = definitions.filter((one) => typeOf(one) === Number(type)).length;
    if (count > limit) throw refusals.tooManyCommands(limit);
  }
  const known = definitions.map((one) => findSame(world, scope, one));
  needCreates(world, scope, known.filter((one) => one === undefined).length);

  const kept = new Set(known.map((one) => one?.id));
  for (const { id } of world.commands.list(scope)) {
    if (!kept.has(id)) world.commands.remove(scope, id);
  }
  const made = definitions.map((one, index) =>
    world.commands.put(scope, one, applicationId, known[index]?.id),
  );
  return { status: 200, body: made };
}

/** A new one answers 201; one whose name is taken replaces the old one and answers 200. */
function createCommand(world: World, request: RouteRequest, place: Place): Answer {
  const { scope, applicationId } = place;
  const { json } = request.body;
  const bySpec = world.spec?.check('ApplicationCommandCreateRequest', json) ?? [];
  refuseProblems(findCommandProblems(json), bySpec);
  const old = findSame(world, scope, json);
  if (old === undefined) {
    const limit = limitsByType[typeOf(json)] ?? 1;
    const count = world.commands.list(scope).filter(({ type }) => type === typeOf(json)).length;
    if (count >= limit) throw refusals.tooManyCommands(limit);
    needCreates(world, scope, 1);
  }
  const command = world.commands.put(scope, json, applicationId, old?.id);
  return { status: old === undefined ? 201 : 200, body: command };
}

function getCommand(world: World, _request: RouteRequest, place: Place): Answer {
  return { status: 200, body: needCommand(world, place) };
}

function updateCommand(world: World, request: RouteRequest, place: Place): Answer {
  const { scope, applicationId } = place;
  const command = needCommand(world, place);
  const { json } = request.body;
  const bySpec = world.spec?.check('ApplicationCommandPatchRequestPartial', json) ?? [];
  const changed: JsonObject = { ...command, ...json, type: command.type };
  refuseProblems(findCommandProblems(changed), bySpec);
  const other = findSame(world, scope, changed);
  if (other !== undefined && other.id !== command.id) {
    const code = 'APPLICATION_COMMANDS_DUPLICATE_NAME';
    const message = 'Application command names must be unique';
    throw invalidForm([{ path: ['name'], code, message }]);
  }
  return { status: 200, body: world.commands.put(scope, changed, applicationId, command.id) };
}

function deleteCommand(world: World, _request: RouteRequest, place: Place): Answer {
  world.commands.remove(place.scope, needCommand(world, place).id);
  return { status: 204 };
}

function placeOf(
  { bot, store }: World,
  { ids }: RouteRequest,
  where: 'everywhere' | 'guild',
): Place {
  const [applicationId = '', second = '', third = ''] = ids;
  if (applicationId !== bot.id) throw refusals.missingAccess();
  if (where === 'everywhere') return { applicationId, scope: 'global', commandId: second };
  if (second !== store.guildId) throw refusals.missingAccess();
  return { applicationId, scope: second, commandId: third };
}

function needCommand({ commands }: World, { scope, commandId }: Place): StoredCommand {
  const command = commands.find(scope, commandId);
  if (command === undefined) throw refusals.unknownCommand();
  return command;
}

function needCreates({ commands }: World, scope: Scope, count: number): void {
  if (count > 0 && commands.createsToday(scope) + count > commandLimits.createsADay) {
    throw refusals.tooManyCreates(commandLimits.createsADay);
  }
}

function findSame({ commands }: World, scope: Scope, one: JsonObject): StoredCommand | undefined {
  return commands.findNamed(scope, typeOf(one), textOf(one.name));
}

function typeOf({ type }: JsonObject): number {
  return numberOf(type) || CHAT_INPUT;
}

function prefixed(problems: readonly Problem[], index: number): readonly Problem[] {
  return problems.map((one) => ({ ...one, path: [index, ...one.path] }));
}
