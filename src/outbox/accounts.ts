import type { Database } from '../database/open-database.ts';

/** Who an account is, as its platform says. */
export type Identity = {
  /** The platform's own id: it outlives handles, servers' names and credentials. */
  readonly id: string;
  /** A readable name for the ledger, which begins with the platform: `mastodon/news@social.example`. */
  readonly name: string;
  /** Under this name a ledger may have it that bound no names to accounts. */
  readonly formerName: string;
  /** Whether a receipt, as JSON, is of its posts; undefined where that cannot be told. */
  readonly owns: (receipt: string) => boolean | undefined;
};

/** An account that the ledger knows, and the destination that its deliveries have. */
export type KnownAccount = { readonly id: string; readonly destination: string };

/**
 * Which destination of the ledger is which account. An alias is what the account is configured by:
 * one account may have many, and what was posted by one of them was posted by all.
 */
export type Accounts = {
  find(alias: string): Promise<KnownAccount | undefined>;
  /**
   * Binds an alias to an account, and the account, when it is new, to a destination that it keeps:
   * the one that has its posts, else a new one by its name. Two processes that do so at once get the
   * same.
   */
  bind(alias: string, identity: Identity): Promise<KnownAccount>;
};

/** The accounts in a database. */
export function makeAccounts(database: Database): Accounts {
  return {
    find: async (alias) => {
      const row = await database
        .selectFrom('aliases')
        .innerJoin('accounts', 'accounts.account_id', 'aliases.account_id')
        .select(['accounts.account_id', 'accounts.destination'])
        .where('aliases.alias', '=', alias)
        .executeTakeFirst();
      return row && { id: row.account_id, destination: row.destination };
    },
    bind: (alias, identity) =>
      database.transaction().execute(async (transaction) => {
        // A write comes first: it takes turns with every other process.
        await transaction.deleteFrom('aliases').where('alias', '=', alias).execute();
        const { id } = identity;
        const known = await transaction
          .selectFrom('accounts')
          .select('destination')
          .where('account_id', '=', id)
          .executeTakeFirst();
        const destination = known?.destination ?? (await chooseDestination(transaction, identity));
        if (known === undefined) {
          await transaction
            .insertInto('accounts')
            .values({ account_id: id, destination })
            .execute();
        }
        await transaction.insertInto('aliases').values({ alias, account_id: id }).execute();
        return { id, destination };
      }),
  };
}

type Ledger = Pick<Database, 'selectFrom'>;

/** What the ledger has under a name that is bound to no account. */
type Unbound = { own: number; others: number };

/** The name that has its posts; its former one without another's posts; else one that nobody has. */
async function chooseDestination(
  ledger: Ledger,
  { id, name, formerName, owns }: Identity,
): Promise<string> {
  const bound = new Set(
    (await ledger.selectFrom('accounts').select('destination').execute()).map(
      ({ destination }) => destination,
    ),
  );
  const unbound = await readUnbound(ledger, name.slice(0, name.indexOf('/') + 1), owns, bound);
  const isFormer = (key: string): boolean => key.toLowerCase() === formerName.toLowerCase();
  const [best] = [...unbound]
    .filter(([key, { own, others }]) => own > 0 || (isFormer(key) && others === 0))
    .sort(([a, one], [b, other]) => {
      const rank = (key: string): number => (key === formerName ? 2 : isFormer(key) ? 1 : 0);
      return rank(b) - rank(a) || other.own - one.own;
    });
  if (best !== undefined) return best[0];
  // A name that was given to somebody else is not theirs in the ledger.
  return bound.has(name) || unbound.has(name) ? `${name}/${id}` : name;
}

async function readUnbound(
  ledger: Ledger,
  platform: string,
  owns: Identity['owns'],
  bound: ReadonlySet<string>,
): Promise<Map<string, Unbound>> {
  const rows = await ledger
    .selectFrom('deliveries')
    .select(['destination', 'receipt'])
    .where('destination', 'like', `${platform}%`)
    .execute();
  const unbound = new Map<string, Unbound>();
  for (const { destination, receipt } of rows) {
    if (bound.has(destination)) continue;
    const seen = unbound.get(destination) ?? { own: 0, others: 0 };
    unbound.set(destination, seen);
    const isOwn = receipt === null ? undefined : owns(receipt);
    if (isOwn === true) seen.own += 1;
    if (isOwn === false) seen.others += 1;
  }
  return unbound;
}
