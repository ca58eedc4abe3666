package dev.lightning.workflows.testing;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import java.time.Duration;

/** Misses a worker that has died after an instant: no time is skipped while an activity is under way. */
final class ShortHeartbeats extends WorkerInterceptorBase {
    private static final Duration INSTANT = Duration.ofMillis(200);

    @Override
    public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
        return new WorkflowInboundCallsInterceptorBase(next) {
            @Override
            public void init(WorkflowOutboundCallsInterceptor outbound) {
                super.init(new Shortening(outbound));
            }
        };
    }

    private static final class Shortening extends WorkflowOutboundCallsInterceptorBase {
        Shortening(WorkflowOutboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
            ActivityOptions options = ActivityOptions.newBuilder(input.getOptions())
                    .setHeartbeatTimeout(INSTANT)
                    .build();
            return super.executeActivity(new ActivityInput<>(
                    input.getActivityName(),
                    input.getResultClass(),
                    input.getResultType(),
                    input.getArgs(),
                    options,
                    input.getHeader()));
        }
    }
}
