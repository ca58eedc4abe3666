package dev.lightning.api.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.errordetails.v1.NamespaceNotFoundFailure;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TemporalFailuresTest {
    private static final WorkflowExecution WORKFLOW =
            WorkflowExecution.newBuilder().setWorkflowId("event-1").build();

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"UNAVAILABLE", "DEADLINE_EXCEEDED", "RESOURCE_EXHAUSTED", "PERMISSION_DENIED", "UNKNOWN"})
    void what_has_nothing_to_do_with_the_request_is_an_outage(Status.Code code) {
        StatusRuntimeException status = code.toStatus().asRuntimeException();

        assertThat(TemporalFailures.isAway(new WorkflowServiceException(WORKFLOW, "Event", status)))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"NOT_FOUND", "INVALID_ARGUMENT", "ALREADY_EXISTS"})
    void what_is_about_the_request_is_none(Status.Code code) {
        assertThat(TemporalFailures.isAway(code.toStatus().asRuntimeException()))
                .isFalse();
    }

    @Test
    void a_patience_that_ended_is_an_outage_and_a_bug_is_none() {
        assertThat(TemporalFailures.isAway(new RuntimeException(new CancellationException())))
                .isTrue();
        assertThat(TemporalFailures.isAway(new IllegalStateException("bug"))).isFalse();
    }

    @Test
    void a_namespace_that_is_not_there_yet_does_not_mean_that_the_workflow_is_gone() {
        StatusRuntimeException status = StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(Code.NOT_FOUND_VALUE)
                .addDetails(Any.pack(NamespaceNotFoundFailure.newBuilder()
                        .setNamespace("default")
                        .build()))
                .build());
        WorkflowNotFoundException thrown = new WorkflowNotFoundException(WORKFLOW, "Event", status);

        assertThat(TemporalFailures.isNotFound(thrown)).isFalse();
        assertThat(TemporalFailures.isAway(thrown)).isTrue();
    }
}
