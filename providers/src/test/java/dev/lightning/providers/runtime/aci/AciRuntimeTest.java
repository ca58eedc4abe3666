package dev.lightning.providers.runtime.aci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.runtime.RemoteRuntimeContract;
import dev.lightning.providers.runtime.ToolRuntime;
import dev.lightning.providers.testing.ContainerEngine;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

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

    @Nested
    class KeepsTheContract extends RemoteRuntimeContract {
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
        protected void assertNothingLeftOf(String name) {
            assertThat(cloud.azure.resources())
                    .noneMatch(resource -> resource.name().equals(name));
            assertThat(ours.runs()).noneMatch(run -> run.name().equals(name));
        }
    }
}
