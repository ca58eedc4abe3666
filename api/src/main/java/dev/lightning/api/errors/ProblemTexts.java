package dev.lightning.api.errors;

/** Explains each problem in the words of its page; a new problem does not compile without its explanation. */
final class ProblemTexts {
    private ProblemTexts() {}

    static String explain(Problem problem) {
        return switch (problem) {
            case INVALID_REQUEST ->
                "The request could be read, but says something this endpoint cannot take. The list `errors` names every"
                        + " wrong field with what is wrong with it. Correct them all; repeating the request does not help.";
            case MALFORMED_REQUEST ->
                "The request itself is not as HTTP has it, or its path is written in a way that is not taken: a percent"
                        + " sign without two digits, an encoded slash, a semicolon, two slashes in a row, a parameter"
                        + " without a name, headers that are too large.";
            case MALFORMED_JSON ->
                "The body is not one JSON document: a syntax error, a name twice in one object, something after the end,"
                        + " nesting that is too deep, or nothing at all.";
            case UNAUTHENTICATED ->
                "The request needs the header `Authorization: Bearer <token>` with a token that is signed by an accepted"
                        + " issuer, meant for this API, not expired, and of an account that exists and is enabled."
                        + " POST /api/token gives one for a user name and a password.";
            case WRONG_CREDENTIALS ->
                "No account has this user name and password. Which of the two is wrong is not said on purpose.";
            case FORBIDDEN -> "The token is valid, but its user may not do this.";
            case NOT_FOUND -> "Nothing is here, or it belongs to somebody else: the two are not told apart on purpose.";
            case METHOD_NOT_ALLOWED -> "The path exists, with other methods; the header `Allow` lists them.";
            case NOT_ACCEPTABLE -> "The endpoint has no answer in a media type that the header `Accept` allows.";
            case CONFLICT ->
                "The request contradicts what is there already, for example an id or a name that is taken.";
            case PRECONDITION_FAILED ->
                "The header `If-Match` names a version that is no longer there: somebody has changed it since. Read it"
                        + " again, and repeat the change with the `ETag` of that answer.";
            case PAYLOAD_TOO_LARGE ->
                "A request body is at most 256 KiB. Put larger content elsewhere and send a reference to it.";
            case UNSUPPORTED_MEDIA_TYPE ->
                "The endpoint does not read the media type in `Content-Type`, most take application/json in UTF-8; or the body is"
                        + " compressed, which none takes.";
            case TOO_MANY_REQUESTS ->
                "Too many requests came from this address or for this user. The header `Retry-After` says in how many"
                        + " seconds to try again.";
            case OVERLOADED ->
                "So much has been accepted that it waits longer than it should, and this user has their share of it. What"
                        + " is refused was not accepted, what was accepted will be done. Try again after `Retry-After`"
                        + " seconds; who posts little is not refused, and events of an array give way first."
                        + " The same id may be used again.";
            case TEMPORAL_UNAVAILABLE ->
                "The Temporal server, which holds everything in progress, cannot be reached or its answer was lost, so"
                        + " whether the request was accepted is not known. Repeat it after `Retry-After` seconds: with"
                        + " the same id it counts once.";
            case ISSUER_UNAVAILABLE ->
                "The token comes from an issuer whose keys cannot be fetched right now, so it can be neither accepted nor"
                        + " refused. Try again after `Retry-After` seconds.";
            case STORE_UNAVAILABLE ->
                "The store cannot be reached or its answer was lost, so whether the request was accepted is not known."
                        + " Repeat it after `Retry-After` seconds: with the same id it counts once.";
            case INTERNAL ->
                "A mistake of ours. The operator finds it in the log; whether anything was accepted is not known, so"
                        + " repeat the request with the same id.";
        };
    }
}
