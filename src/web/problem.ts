// Stands here until its users import it from base.
export { PROBLEM_TYPE, type Problem, problem } from '../base/problem.ts';
