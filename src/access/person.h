#pragma once

#include "base/id.h"
#include "base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace leedswatch::access {

using PersonId = base::Id<struct PersonTag>;

enum class Role { Operator, Supervisor, Engineer, Auditor, Administrator };

[[nodiscard]] std::string_view nameOf(Role role);  ///< "operator", ... as stored and typed
[[nodiscard]] std::optional<Role> roleFromName(std::string_view name);

/// What a role may do; one for each thing that a service checks.
enum class Right {
    WatchLive,
    MoveCamera,
    PlayRecorded,
    WriteLog,
    ReadLog,
    ExportFootage,
    ManagePeople,
    ManageCameras,
    ReadAudit,
    TakeSnapshots,
    ManagePrivacyZones,
    LiftPrivacyZones,     ///< for a stated time, and never alone
    ConfirmLiftingZones,  ///< as the second person
    AcknowledgeFaults,
    RecordNow,       ///< have a camera recorded that its plan leaves out at the time
    PlaceHold,       ///< keep footage from being deleted
    LiftHold,        ///< let it be deleted again when its time comes
    ManageArchive,   ///< volumes, and when cameras are recorded
    ShareViews,      ///< make, change and delete what the whole room has on its walls
    ManagePremises,  ///< whose alarms are answered here, with the keys of their panels
    SeeAlarms,
    AnswerAlarms,            ///< take them, act on them, close them; put systems on test
    SkipAlarmSteps,          ///< close an alarm whose required steps are not done
    EditActionPlans,         ///< what is to be done about alarms, and the numbers of the rules
    ManagePoliceReferences,  ///< references of premises with the police, their levels and false calls
    SendResponse,            ///< send mobile response, and issue and take back keys
    ManageResponse,          ///< the units that can be sent, and which keys are held here
    PlanAlarmTests,
    SeeServiceFigures,
    SetServiceTargets,
    EditIncidentTypes,
};

[[nodiscard]] bool mayDo(Role role, Right right);

struct Person {
    PersonId id;
    std::string username;  ///< lower case, unique, stays for ever
    std::string fullName;
    Role role = Role::Operator;
    bool enabled = true;
    bool mustChangePassword = false;
};

/// Who is acting, with which rights, and from where. Every service call that changes something takes one.
struct Acting {
    PersonId id;           ///< not valid for the station and the command line
    std::string username;  ///< "station", "os:root", or the person's
    std::string fullName;
    Role role = Role::Operator;
    std::string workstation;  ///< host name, or desk

    /// The station itself (timers, recovery).
    [[nodiscard]] static Acting station();
    /// Whoever runs a command line on the machine that holds the data folder: named by the operating system's account.
    /// It may do everything, because it could change the files themselves; the audit log says who it was.
    [[nodiscard]] static Acting commandLine();

    bool unrestricted = false;  ///< true for the two above
};

/// Error: NotPermitted, with the role and the right in the message.
[[nodiscard]] base::Result<void> require(const Acting& acting, Right right);

}  // namespace leedswatch::access
