/** A static file of the page, as it is served. */
export interface PageFile {
  /** Such as `/assets/main-4F6QKZ2A.js`: the name changes with the content. `/index.html` alone keeps its name. */
  path: string;
  body: Uint8Array<ArrayBuffer>;
}
