package dev.lightning.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.lightning.providers.blobs.azure.AzureBlobStore;
import dev.lightning.providers.storage.azuretables.AzureTablesEntityStore;
import dev.lightning.workflows.RuleBreaker;
import io.temporal.activity.ActivityInterface;
import io.temporal.workflow.WorkflowInterface;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.web.bind.annotation.RestController;

/** The map of the house: each field's name is a sentence that holds. */
@AnalyzeClasses(
        packages = "dev.lightning",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.WithoutFixtures.class})
class ArchitectureTest {
    /** What one module's tests lend to another's arrives as a jar, which the usual option does not know for tests. */
    static final class WithoutFixtures implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar") && !location.contains("azure-standin");
        }
    }

    private static final String[] AZURE = {
        "dev.lightning.providers.azure..",
        "dev.lightning.providers.storage.azuretables..",
        "dev.lightning.providers.blobs.azure..",
        "dev.lightning.providers.runtime.azure..",
        "dev.lightning.providers.runtime.aci..",
        "dev.lightning.providers.runtime.vm.."
    };
    private static final String WIRE = "dev.lightning.workflows.wire..";
    private static final DescribedPredicate<JavaClass> WORKFLOW_CODE =
            resideInAPackage("dev.lightning.workflows..").and(not(resideInAPackage(WIRE)));

    private static final Set<String> CLOCK_READERS = Set.of("now", "currentTimeMillis", "nanoTime", "systemUTC");
    private static final Set<String> SALTED_COLLECTORS =
            Set.of("toSet", "toUnmodifiableSet", "toMap", "toUnmodifiableMap", "groupingBy", "partitioningBy");

    @ArchTest
    static final ArchRule arrows_between_modules_point_one_way = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("workflows")
            .definedBy("dev.lightning.workflows..")
            .layer("providers")
            .definedBy("dev.lightning.providers..")
            .optionalLayer("activities")
            .definedBy("dev.lightning.activities..")
            .layer("api")
            .definedBy("dev.lightning.api..")
            .layer("workers")
            .definedBy("dev.lightning.workers..")
            .layer("app")
            .definedBy("dev.lightning.app..")
            .whereLayer("workflows")
            .mayNotAccessAnyLayer()
            .whereLayer("providers")
            .mayNotAccessAnyLayer()
            .whereLayer("activities")
            .mayOnlyAccessLayers("workflows", "providers")
            .whereLayer("api")
            .mayOnlyAccessLayers("workflows", "providers")
            .whereLayer("workers")
            .mayOnlyAccessLayers("workflows", "activities")
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule workflows_depend_only_on_what_replays_the_same = classes()
            .that(WORKFLOW_CODE)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.lightning.workflows..",
                    "java.lang..",
                    "java.util..",
                    "java.time..",
                    "java.math..",
                    "java.nio.charset..",
                    "java.security..",
                    "io.temporal.workflow..",
                    "io.temporal.activity..",
                    "io.temporal.common..",
                    "io.temporal.failure..",
                    "io.temporal.worker..",
                    "io.temporal.api.enums..",
                    "com.fasterxml.jackson.annotation..",
                    "org.jspecify..",
                    "org.slf4j.."));

    @ArchTest
    static final ArchRule workflows_read_no_clock_no_chance_and_no_environment = noClasses()
            .that(WORKFLOW_CODE)
            .should()
            .accessTargetWhere(banned("reads what a replay would find changed", ArchitectureTest::readsTheWorld));

    @ArchTest
    static final ArchRule workflows_use_no_collection_whose_order_is_salted_or_unspecified = noClasses()
            .that(WORKFLOW_CODE)
            .should()
            .accessTargetWhere(banned("has no order that a replay repeats", ArchitectureTest::isUnordered));

    @ArchTest
    static final ArchRule workflows_have_no_static_state = fields().that()
            .areDeclaredInClassesThat(WORKFLOW_CODE)
            .and()
            .areStatic()
            .should()
            .beFinal();

    /** Temporal's pollers go on in the common pool: who waits there keeps every worker of a small machine from its tasks. */
    @ArchTest
    static final ArchRule the_common_pool_is_left_to_temporals_pollers = noClasses()
            .should()
            .callMethod(CompletableFuture.class, "runAsync", Runnable.class)
            .orShould()
            .callMethod(CompletableFuture.class, "supplyAsync", Supplier.class)
            .orShould()
            .callMethod(Collection.class, "parallelStream");

    @ArchTest
    static final ArchRule vendors_are_known_to_providers_only = noClasses()
            .that()
            .resideOutsideOfPackage("dev.lightning.providers..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.openai..",
                    "dev.cel..",
                    "com.networknt..",
                    "com.google.re2j..",
                    "com.azure..",
                    "org.sqlite..",
                    "org.postgresql..",
                    "com.zaxxer..",
                    "org.flywaydb..",
                    "java.sql..",
                    "javax.sql..",
                    "org.apache.hc..",
                    "com.standardwebhooks..",
                    "com.github.dockerjava..",
                    "org.eclipse.jgit..",
                    "org.apache.commons.compress..");

    /** So that local mode loads none of it: whoever names these adapters does so only where they are chosen. */
    @ArchTest
    static final ArchRule azure_is_known_to_its_adapters_only = noClasses()
            .that()
            .resideOutsideOfPackages(AZURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.azure..", "com.microsoft..", "reactor..");

    @ArchTest
    static final ArchRule stores_in_azure_are_named_in_one_place_only = noClasses()
            .that()
            .resideOutsideOfPackages(AZURE)
            .and()
            .doNotHaveFullyQualifiedName(AzureStores.class.getName())
            .should()
            .dependOnClassesThat()
            .areAssignableTo(AzureTablesEntityStore.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(AzureBlobStore.class);

    @ArchTest
    static final ArchRule providers_know_neither_spring_nor_temporal = noClasses()
            .that()
            .resideInAPackage("dev.lightning.providers..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "io.temporal..");

    @ArchTest
    static final ArchRule the_api_sees_no_implementation_of_a_workflow = noClasses()
            .that()
            .resideInAPackage("dev.lightning.api..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("dev\\.lightning\\.workflows\\..*Impl");

    @ArchTest
    static final ArchRule in_the_api_only_temporal_classes_touch_the_client = noClasses()
            .that()
            .resideInAPackage("dev.lightning.api..")
            .and(not(outermostNameStartsWith("Temporal")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.temporal.client..", "io.temporal.serviceclient..", "io.grpc..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule capabilities_of_workflows_are_free_of_cycles =
            slices().matching("dev.lightning.workflows.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule capabilities_of_the_api_are_free_of_cycles =
            slices().matching("dev.lightning.api.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ports_are_free_of_cycles =
            slices().matching("dev.lightning.providers.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule a_workflow_is_called_workflow =
            classes().that().areAnnotatedWith(WorkflowInterface.class).should().haveSimpleNameEndingWith("Workflow");

    @ArchTest
    static final ArchRule activities_are_called_activities =
            classes().that().areAnnotatedWith(ActivityInterface.class).should().haveSimpleNameEndingWith("Activities");

    @ArchTest
    static final ArchRule settings_are_records = classes()
            .that()
            .areAnnotatedWith(ConfigurationProperties.class)
            .or()
            .haveSimpleNameEndingWith("Settings")
            .should()
            .beRecords();

    @ArchTest
    static final ArchRule nothing_is_injected_into_fields = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "(org\\.springframework\\.beans\\.factory\\.annotation\\.Autowired|jakarta\\.inject\\..*)");

    @ArchTest
    static final ArchRule standard_streams_belong_to_the_launcher = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ReadyBlock.class.getName())
            .and()
            .doNotHaveFullyQualifiedName(OneLineReporter.class.getName())
            .should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule controllers_are_nobodys_business = classes()
            .that()
            .areAnnotatedWith(RestController.class)
            .or()
            .haveSimpleNameEndingWith("Controller")
            .should()
            .notBePublic()
            .allowEmptyShould(true);

    @Test
    void the_rules_of_workflow_code_catch_what_they_are_meant_to_catch() {
        JavaClasses broken = new ClassFileImporter().importClasses(RuleBreaker.class);

        assertThat(workflows_read_no_clock_no_chance_and_no_environment
                        .evaluate(broken)
                        .getFailureReport()
                        .getDetails())
                .hasSize(RuleBreaker.WORLD);
        assertThat(workflows_use_no_collection_whose_order_is_salted_or_unspecified
                        .evaluate(broken)
                        .getFailureReport()
                        .getDetails())
                .hasSize(RuleBreaker.UNORDERED);
        assertThat(workflows_depend_only_on_what_replays_the_same
                        .evaluate(broken)
                        .hasViolation())
                .isTrue();
    }

    private static DescribedPredicate<JavaClass> outermostNameStartsWith(String prefix) {
        return DescribedPredicate.describe(
                "are (in) classes named " + prefix + "*",
                javaClass -> outermost(javaClass).getSimpleName().startsWith(prefix));
    }

    private static JavaClass outermost(JavaClass javaClass) {
        return javaClass.getEnclosingClass().map(ArchitectureTest::outermost).orElse(javaClass);
    }

    private static DescribedPredicate<JavaAccess<?>> banned(String description, Predicate<JavaAccess<?>> predicate) {
        return DescribedPredicate.describe(description, predicate);
    }

    private static boolean readsTheWorld(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String method = access.getName();
        return (owner.getPackageName().startsWith("java.time") && CLOCK_READERS.contains(method))
                || owner.isAssignableTo(Clock.class)
                || (owner.isEquivalentTo(System.class) && !method.equals("arraycopy"))
                || owner.isAssignableTo(java.util.Random.class) && method.equals("<init>")
                || owner.isEquivalentTo(ThreadLocalRandom.class)
                || owner.isEquivalentTo(Math.class) && method.equals("random")
                || owner.isEquivalentTo(java.util.UUID.class) && method.equals("randomUUID")
                || owner.isAssignableTo(Thread.class)
                || owner.isEquivalentTo(Runtime.class)
                || owner.isEquivalentTo(ProcessBuilder.class)
                || owner.getPackageName().startsWith("java.util.concurrent")
                || method.equals("parallelStream")
                || method.equals("parallel")
                || owner.isEquivalentTo(Collections.class) && method.equals("shuffle")
                || owner.isEquivalentTo(System.class) && method.equals("identityHashCode")
                || owner.isEquivalentTo(java.security.SecureRandom.class);
    }

    private static boolean isUnordered(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String method = access.getName();
        boolean factory = Set.of("of", "copyOf", "ofEntries").contains(method);
        return ((owner.isEquivalentTo(Set.class) || owner.isEquivalentTo(Map.class)) && factory)
                || owner.isEquivalentTo(java.util.HashMap.class)
                || owner.isEquivalentTo(java.util.HashSet.class)
                || owner.isEquivalentTo(java.util.IdentityHashMap.class)
                || owner.isEquivalentTo(java.util.WeakHashMap.class)
                || (owner.isEquivalentTo(Collectors.class) && SALTED_COLLECTORS.contains(method));
    }
}
