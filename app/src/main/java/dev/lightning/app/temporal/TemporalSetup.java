package dev.lightning.app.temporal;

import com.google.protobuf.Duration;
import dev.lightning.workflows.events.EventAttributes;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.namespace.v1.NamespaceConfig;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.UpdateNamespaceRequest;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the namespace into the shape that the product needs: search attributes and schedules, retention where we own it. */
final class TemporalSetup {
    /** Long enough to look at last week's runs; the event rows remember longer. */
    static final long RETENTION_DAYS = 7;

    private static final Logger log = LoggerFactory.getLogger(TemporalSetup.class);
    private static final Set<Status.Code> NOT_OURS_TO_CHANGE =
            Set.of(Status.Code.PERMISSION_DENIED, Status.Code.UNAUTHENTICATED, Status.Code.UNIMPLEMENTED);

    private final WorkflowServiceStubs stubs;
    private final TemporalTarget target;
    private final List<PlatformSchedule> schedules;

    /** Takes the schedules that this process answers for, because it can do their work itself. */
    TemporalSetup(WorkflowServiceStubs stubs, TemporalTarget target, List<PlatformSchedule> schedules) {
        this.stubs = stubs;
        this.target = target;
        this.schedules = List.copyOf(schedules);
    }

    /** Harmless to repeat; throws when Temporal cannot be reached. */
    void apply() {
        if (target.owned()) {
            keepFor(RETENTION_DAYS);
        }
        addAttributes();
        schedules.forEach(PlatformSchedule::ensure);
    }

    private void addAttributes() {
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                .setChannel(stubs.getRawChannel())
                .validateAndBuildWithDefaults());
        List<SearchAttributeKey<String>> missing = EventAttributes.ALL;
        try {
            missing = missing(operator);
            if (!missing.isEmpty()) {
                add(operator, missing);
                log.info("event=temporal.attributes.added names={}", names(missing));
            }
        } catch (StatusRuntimeException refused) {
            if (!NOT_OURS_TO_CHANGE.contains(refused.getStatus().getCode())) {
                throw refused;
            }
            log.warn("event=temporal.attributes.refused run=\"{}\"", command(missing));
        }
    }

    private List<SearchAttributeKey<String>> missing(OperatorServiceStubs operator) {
        Set<String> present = operator.blockingStub()
                .withDeadlineAfter(5, TimeUnit.SECONDS)
                .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                        .setNamespace(target.namespace())
                        .build())
                .getCustomAttributesMap()
                .keySet();
        return EventAttributes.ALL.stream()
                .filter(attribute -> !present.contains(attribute.getName()))
                .toList();
    }

    private void add(OperatorServiceStubs operator, List<SearchAttributeKey<String>> missing) {
        AddSearchAttributesRequest.Builder request =
                AddSearchAttributesRequest.newBuilder().setNamespace(target.namespace());
        missing.forEach(attribute ->
                request.putSearchAttributes(attribute.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
        operator.blockingStub().withDeadlineAfter(5, TimeUnit.SECONDS).addSearchAttributes(request.build());
    }

    private void keepFor(long days) {
        long seconds = TimeUnit.DAYS.toSeconds(days);
        long now = stubs.blockingStub()
                .withDeadlineAfter(5, TimeUnit.SECONDS)
                .describeNamespace(DescribeNamespaceRequest.newBuilder()
                        .setNamespace(target.namespace())
                        .build())
                .getConfig()
                .getWorkflowExecutionRetentionTtl()
                .getSeconds();
        if (now != seconds) {
            stubs.blockingStub()
                    .withDeadlineAfter(5, TimeUnit.SECONDS)
                    .updateNamespace(UpdateNamespaceRequest.newBuilder()
                            .setNamespace(target.namespace())
                            .setConfig(NamespaceConfig.newBuilder()
                                    .setWorkflowExecutionRetentionTtl(
                                            Duration.newBuilder().setSeconds(seconds)))
                            .build());
        }
    }

    private String command(List<SearchAttributeKey<String>> missing) {
        StringBuilder command = new StringBuilder("temporal operator search-attribute create --address ")
                .append(target.address())
                .append(" --namespace ")
                .append(target.namespace());
        missing.forEach(attribute ->
                command.append(" --name ").append(attribute.getName()).append(" --type Keyword"));
        return command.toString();
    }

    private static List<String> names(List<SearchAttributeKey<String>> attributes) {
        return attributes.stream().map(SearchAttributeKey::getName).toList();
    }
}
