/** Stands in the bundle for Node's module of processes, of which the command line starts none. */
export default {};
