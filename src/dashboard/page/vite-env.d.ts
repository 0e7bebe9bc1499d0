// What the build puts in.
declare const VERSION: string;
