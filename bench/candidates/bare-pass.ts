/** The floor of every page view: a Worker that only asks the origin. */
export default {
  fetch: (request: Request): Promise<Response> => fetch(request),
};
