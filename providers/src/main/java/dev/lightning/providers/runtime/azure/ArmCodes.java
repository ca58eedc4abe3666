package dev.lightning.providers.runtime.azure;

import com.azure.core.management.exception.ManagementError;
import com.azure.core.management.exception.ManagementException;
import dev.lightning.providers.runtime.azure.ArmRefusal.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The one table of what the Resource Manager's codes ask for.
 *
 * <p>They differ between services and ages of services, and capacity comes under several; what is known of each is here.
 */
final class ArmCodes {
    private static final Set<String> CAPACITY_CODES = Set.of(
            "serviceunavailable",
            "skunotavailable",
            "allocationfailed",
            "zonalallocationfailed",
            "overconstrainedallocationrequest",
            "overconstrainedzonalallocationrequest",
            "insufficientcapacity",
            "capacitynotavailable",
            "regionalcapacityexceeded",
            "resourcesnotavailable",
            "notavailableforsubscription");

    private static final Set<String> QUOTA_CODES = Set.of(
            "containergroupquotareached",
            "quotaexceeded",
            "resourcequotaexceeded",
            "corequotaexceeded",
            "publicipcountlimitreached",
            "networkinterfacecountlimitreached",
            "subnetisfull");

    private static final Set<String> BUSY_CODES = Set.of(
            "containergrouptransitioning",
            "containergroupdeploymentnotready",
            "anotheroperationinprogress",
            "operationpreempted",
            "conflict",
            "conflictingrequest",
            "conflictingserveroperation",
            "retryableerror",
            "nicreservedforanothervm",
            "resourcebeingdeleted",
            "inuse");

    private static final Set<String> IMAGE_CODES = Set.of(
            "inaccessibleimage",
            "invalidimagename",
            "invalidimage",
            "imagenotfound",
            "imageosmismatch",
            "platformimagenotfound",
            "invalidimageregistrycredential");

    private static final Set<String> SETTINGS_CODES = Set.of(
            "resourcegroupnotfound",
            "subscriptionnotfound",
            "invalidsubscriptionid",
            "locationnotavailableforresourcetype",
            "noregisteredproviderfound",
            "missingsubscriptionregistration",
            "subnetnotfound",
            "readonlydisabledsubscription");

    private static final List<String> CAPACITY_WORDS = List.of(
            "requested resource is not available in the location", "sufficient capacity", "insufficient capacity");

    private ArmCodes() {}

    /** What is to be done about an answer; where something had begun and failed later, its status is 0. */
    static Kind kind(int status, String givenCode, String givenText) {
        String code = givenCode.toLowerCase(Locale.ROOT);
        String text = givenText.toLowerCase(Locale.ROOT);
        if (status == 429 || code.equals("toomanyrequests") || code.equals("subscriptionrequeststhrottled")) {
            return Kind.THROTTLED;
        }
        if (SETTINGS_CODES.contains(code)) {
            return Kind.SETUP;
        }
        if (status == 404) {
            return Kind.MISSING;
        }
        if (status == 401 || status == 403) {
            return Kind.SETUP;
        }
        if (QUOTA_CODES.contains(code) || (code.equals("operationnotallowed") && text.contains("quota"))) {
            return Kind.QUOTA;
        }
        if (isCapacity(status, code, text)) {
            return Kind.CAPACITY;
        }
        if (IMAGE_CODES.contains(code)) {
            return Kind.REJECTED;
        }
        if (BUSY_CODES.contains(code) || status == 409 || status == 412 || status == 423) {
            return Kind.BUSY;
        }
        return status >= 400 && status < 500 && status != 408 ? Kind.REJECTED : Kind.AWAY;
    }

    /** A service that is down answers 503 with the code that others use for a region that is full. */
    private static boolean isCapacity(int status, String code, String text) {
        boolean down = code.equals("serviceunavailable") && status == 503;
        return (CAPACITY_CODES.contains(code.replace(".", "")) && !down)
                || CAPACITY_WORDS.stream().anyMatch(text::contains);
    }

    /** Whether the answer 404 is about what the settings name and not about what was asked for. */
    static boolean isOfSettings(ManagementException answer) {
        ManagementError error = answer.getValue();
        return error != null
                && error.getCode() != null
                && SETTINGS_CODES.contains(error.getCode().toLowerCase(Locale.ROOT));
    }
}
