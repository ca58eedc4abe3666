package dev.lightning.api.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;

/**
 * What became of one event of a batch.
 *
 * @param index its place in the request, from 0
 * @param status what posting it alone would have been answered with: 202, 200 for a duplicate, or an error's
 * @param accepted present when it was accepted
 * @param problem present when it was not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BatchItem(
        int index,
        int status,
        @Nullable Accepted accepted,
        @Nullable ProblemDetail problem) {}
