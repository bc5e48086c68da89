import { AwsJson1_0Protocol } from '@aws-sdk/core/protocols';

/** A command's input that is JSON already. */
export class WrittenInput {
  readonly #json: string;

  constructor(json: string) {
    this.#json = json;
  }

  toString(): string {
    return this.#json;
  }
}

class PlainSerializer {
  #body = Buffer.alloc(0);

  setSerdeContext(): void {}

  write(_schema: unknown, input: unknown): void {
    this.#body = Buffer.from(input instanceof WrittenInput ? `${input}` : JSON.stringify(input));
  }

  flush(): Uint8Array {
    return this.#body;
  }
}

class PlainDeserializer {
  setSerdeContext(): void {}

  async read(_schema: unknown, data: string | Uint8Array): Promise<unknown> {
    return JSON.parse(
      typeof data === 'string' ? data : Buffer.from(data.buffer, data.byteOffset, data.length).toString(),
    );
  }
}

/**
 * The SDK's protocol with Node's own JSON for what it walks through field by field, by a schema, on the way out and in.
 * Only for calls without a date and without bytes, whose form on the wire is another than in the SDK.
 */
export class PlainJsonProtocol extends AwsJson1_0Protocol {
  protected override serializer = new PlainSerializer();
  protected override deserializer = new PlainDeserializer();
}
