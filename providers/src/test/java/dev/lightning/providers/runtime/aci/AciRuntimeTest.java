package dev.lightning.providers.runtime.aci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.runtime.ToolRuntime;
import dev.lightning.providers.runtime.ToolRuntimeContract;
import dev.lightning.providers.testing.ContainerEngine;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The contract with real containers and a real storage account, under a stand-in for the Resource Manager. */
class AciRuntimeTest {
    private static AciCloud cloud;
    private static AciRuntime ours;
    private static AciRuntime neighbour;

    @BeforeAll
    static void start() {
        cloud = new AciCloud();
        ours = cloud.runtime("ours-" + UUID.randomUUID(), "westeurope");
        neighbour = cloud.runtime("neighbour-" + UUID.randomUUID(), "westeurope");
    }

    @AfterAll
    static void stop() {
        if (cloud != null) {
            cloud.close();
        }
    }

    /** Its tests mostly wait, so several run at once; but those that look at the memory of this process run alone. */
    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class KeepsTheContract extends ToolRuntimeContract {
        private static final ReadWriteLock MEMORY = new ReentrantReadWriteLock(true);

        @BeforeEach
        void share_the_memory(TestInfo test) {
            if (isAboutMemory(test)) {
                MEMORY.writeLock().lock();
            } else {
                MEMORY.readLock().lock();
            }
        }

        @AfterEach
        void give_back(TestInfo test) {
            if (isAboutMemory(test)) {
                MEMORY.writeLock().unlock();
            } else {
                MEMORY.readLock().unlock();
            }
        }

        private static boolean isAboutMemory(TestInfo test) {
            String name = test.getTestMethod().orElseThrow().getName();
            return name.contains("held") || name.contains("memory");
        }

        @Override
        protected ToolRuntime runtime() {
            return ours;
        }

        @Override
        protected ToolRuntime neighbour() {
            return neighbour;
        }

        @Override
        protected String image() {
            return ContainerEngine.IMAGE;
        }

        @Override
        protected boolean hasNetwork() {
            return true;
        }

        @Override
        protected void assertNothingLeftOf(String name) {
            assertThat(cloud.azure.resources())
                    .noneMatch(resource -> resource.name().equals(name));
            assertThat(ours.runs()).noneMatch(run -> run.name().equals(name));
        }
    }
}
