import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  DynamoDBServiceException,
  GetItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { AwsConfig } from '../../config/common.ts';
import type { Clock } from '../../ports/clock.ts';
import { StoreUnavailableError } from '../../ports/store.ts';
import { clientOptions, trimmed } from '../aws/client-options.ts';
import { CoalescedReads } from './coalesced-reads.ts';
import { type Item, toItem } from './row.ts';
import { HASH_KEY } from './table-schema.ts';

const MAX_SOCKETS = 64;
const REQUEST_TIMEOUT_MS = 5000;

/** What a row's conditions and writes need to know, whichever kind of row it is. */
export class Table {
  readonly name: string;
  readonly clock: Clock;
  readonly reads: CoalescedReads;
  readonly #client: DynamoDBClient;

  constructor(aws: AwsConfig, clock: Clock) {
    this.name = aws.tableName;
    this.clock = clock;
    const pool = { maxSockets: MAX_SOCKETS, requestTimeoutMs: REQUEST_TIMEOUT_MS };
    this.#client = trimmed(new DynamoDBClient(clientOptions(aws, aws.dynamodbEndpoint, pool)));
    this.reads = new CoalescedReads(this);
  }

  /**
   * Runs one call. Rejects with `ConditionalCheckFailedException` where the table refused a condition,
   * with a plain error where the request itself was wrong, else with `StoreUnavailableError`.
   */
  async ask<T>(doing: string, call: (client: DynamoDBClient) => Promise<T>): Promise<T> {
    try {
      return await call(this.#client);
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) throw error;
      if (error instanceof DynamoDBServiceException && error.name === 'ValidationException') {
        throw new Error(`the request is not valid while ${doing}: ${error.message}`, { cause: error });
      }
      throw new StoreUnavailableError(doing, error);
    }
  }

  /** As `ask`; false where the table refused the condition, true where the call was done. */
  async askUnlessRefused(
    doing: string,
    call: (client: DynamoDBClient) => Promise<unknown>,
  ): Promise<boolean> {
    try {
      await this.ask(doing, call);
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  key(pk: string): Item {
    return toItem({ [HASH_KEY]: pk });
  }

  /** Now, in the unit of `expires_at`. */
  nowSeconds(): number {
    return this.clock.now() / 1000;
  }

  async ping(): Promise<void> {
    const request = { TableName: this.name, Key: this.key('PING'), ProjectionExpression: HASH_KEY };
    await this.ask('checking that it answers', (client) => client.send(new GetItemCommand(request)));
  }

  async close(): Promise<void> {
    await this.reads.idle();
    this.#client.destroy();
  }
}
