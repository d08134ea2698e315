/** How a text looks where it is written. */
export interface Look {
  readonly colours: boolean;
  /** Columns of a line. */
  readonly columns: number;
}

/** For files, pipes and whatever else is no terminal. */
export const PLAIN: Look = { colours: false, columns: 80 };
