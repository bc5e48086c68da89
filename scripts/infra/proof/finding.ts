/** One thing that is wrong with a stack: where, what, and what to do about it. */
export class Finding {
  readonly check: string;
  readonly address: string;
  readonly problem: string;
  readonly remedy: string;

  constructor(check: string, address: string, problem: string, remedy: string) {
    this.check = check;
    this.address = address;
    this.problem = problem;
    this.remedy = remedy;
  }

  toString(): string {
    return `${this.check}: ${this.address} ${this.problem}; ${this.remedy}`;
  }
}
