import { sql } from 'kysely';
import type { Database } from '../database/open-database.ts';
import { isInLine } from './line.ts';

/**
 * Of each destination at which something is due and not sent, since when the first of it is. What is
 * held, or was refused, is not in the line; what is to be taken back has a time of its own.
 */
export async function readLines(database: Database, now: Date): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await sql<{ destination: string; due_at: string }>`
    select destination, min(due_at) as due_at from deliveries
    where ${isInLine('deliveries')} and task = 'publish' and due_at <= ${now.toISOString()}
    group by destination
  `.execute(database);
  return new Map(rows.map((row) => [row.destination, new Date(row.due_at)]));
}
