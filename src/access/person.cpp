#include "access/person.h"

#include <pwd.h>
#include <unistd.h>

#include <array>

namespace leedswatch::access {
namespace {

std::string hostName() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

std::string accountName() {
    std::array<char, 4096> space{};
    passwd entry{};
    passwd* found = nullptr;
    if (::getpwuid_r(::getuid(), &entry, space.data(), space.size(), &found) == 0 && found != nullptr) {
        return found->pw_name;
    }
    return std::to_string(::getuid());
}

std::string_view nameOf(Right right) {
    switch (right) {
        case Right::WatchLive: return "watch live pictures";
        case Right::MoveCamera: return "move cameras";
        case Right::PlayRecorded: return "play recordings";
        case Right::WriteLog: return "write in the log";
        case Right::ReadLog: return "read the log";
        case Right::ExportFootage: return "export footage";
        case Right::ManagePeople: return "manage people";
        case Right::ManageCameras: return "manage cameras";
        case Right::ReadAudit: return "read the audit log";
        case Right::TakeSnapshots: return "take snapshots";
        case Right::ManagePrivacyZones: return "draw privacy zones";
        case Right::LiftPrivacyZones: return "have privacy zones lifted";
        case Right::ConfirmLiftingZones: return "confirm that privacy zones are lifted";
        case Right::AcknowledgeFaults: return "acknowledge faults";
        case Right::RecordNow: return "have a camera recorded now";
        case Right::PlaceHold: return "place holds on footage";
        case Right::LiftHold: return "lift holds on footage";
        case Right::ManageArchive: return "manage the archive";
        case Right::ShareViews: return "share views and sequences";
        case Right::ManagePremises: return "manage premises and their panels";
        case Right::SeeAlarms: return "see alarms";
        case Right::AnswerAlarms: return "answer alarms";
        case Right::SkipAlarmSteps: return "close alarms whose steps are not done";
        case Right::EditActionPlans: return "edit action plans and the rules of alarms";
        case Right::ManagePoliceReferences: return "manage references with the police";
        case Right::SendResponse: return "send mobile response and issue keys";
        case Right::ManageResponse: return "manage mobile response and the key register";
        case Right::PlanAlarmTests: return "plan tests of alarm systems";
        case Right::SeeServiceFigures: return "see service figures";
        case Right::SetServiceTargets: return "set service targets";
        case Right::EditIncidentTypes: return "edit the types of incidents";
    }
    return "do that";
}

bool operatorMay(Right right) {
    switch (right) {
        case Right::WatchLive:
        case Right::MoveCamera:
        case Right::PlayRecorded:
        case Right::WriteLog:
        case Right::ReadLog:
        case Right::TakeSnapshots:
        case Right::AcknowledgeFaults:
        case Right::RecordNow:
        case Right::PlaceHold:
        case Right::SeeAlarms:
        case Right::AnswerAlarms:
        case Right::SendResponse:
        case Right::LiftPrivacyZones: return true;
        case Right::LiftHold:
        case Right::ManageArchive:
        case Right::ManagePrivacyZones:
        case Right::ConfirmLiftingZones:
        case Right::ExportFootage:
        case Right::ManagePeople:
        case Right::ManageCameras:
        case Right::ReadAudit:
        case Right::ManagePremises:
        case Right::SkipAlarmSteps:
        case Right::EditActionPlans:
        case Right::ManagePoliceReferences:
        case Right::ManageResponse:
        case Right::PlanAlarmTests:
        case Right::SeeServiceFigures:
        case Right::SetServiceTargets:
        case Right::EditIncidentTypes:
        case Right::ShareViews: return false;
    }
    return false;
}

// The cameras' technical side and nothing of incidents or evidence.
bool engineerMay(Right right) {
    return right == Right::WatchLive || right == Right::MoveCamera || right == Right::ManageCameras ||
           right == Right::TakeSnapshots || right == Right::AcknowledgeFaults;
}

// Reads everything, changes nothing.
bool auditorMay(Right right) {
    return right == Right::WatchLive || right == Right::PlayRecorded || right == Right::ReadLog ||
           right == Right::ReadAudit || right == Right::SeeAlarms || right == Right::SeeServiceFigures;
}

// Sets the room up and sees that it works; does not move cameras, and neither releases footage nor lets it go.
bool administratorMay(Right right) {
    return right != Right::ExportFootage && right != Right::MoveCamera && right != Right::LiftHold &&
           right != Right::AnswerAlarms && right != Right::SkipAlarmSteps && right != Right::EditActionPlans &&
           right != Right::ManagePoliceReferences && right != Right::SendResponse && right != Right::ManageResponse &&
           right != Right::PlanAlarmTests && right != Right::SetServiceTargets && right != Right::EditIncidentTypes;
}

}  // namespace

std::string_view nameOf(Role role) {
    switch (role) {
        case Role::Operator: return "operator";
        case Role::Supervisor: return "supervisor";
        case Role::Engineer: return "engineer";
        case Role::Auditor: return "auditor";
        case Role::Administrator: return "administrator";
    }
    return "operator";
}

std::optional<Role> roleFromName(std::string_view name) {
    for (const Role role : {Role::Operator, Role::Supervisor, Role::Engineer, Role::Auditor, Role::Administrator}) {
        if (nameOf(role) == name) {
            return role;
        }
    }
    return std::nullopt;
}

bool mayDo(Role role, Right right) {
    switch (role) {
        case Role::Operator: return operatorMay(right);
        case Role::Supervisor:
            return operatorMay(right) || right == Right::ExportFootage || right == Right::ShareViews ||
                   right == Right::LiftHold || right == Right::ConfirmLiftingZones || right == Right::ManagePremises ||
                   right == Right::SkipAlarmSteps || right == Right::EditActionPlans ||
                   right == Right::ManagePoliceReferences || right == Right::ManageResponse ||
                   right == Right::PlanAlarmTests || right == Right::SeeServiceFigures ||
                   right == Right::SetServiceTargets || right == Right::EditIncidentTypes;
        case Role::Engineer: return engineerMay(right);
        case Role::Auditor: return auditorMay(right);
        case Role::Administrator: return administratorMay(right);
    }
    return false;
}

Acting Acting::station() {
    Acting acting;
    acting.username = "station";
    acting.fullName = "Station";
    acting.workstation = hostName();
    acting.unrestricted = true;
    return acting;
}

Acting Acting::commandLine() {
    Acting acting;
    acting.username = "os:" + accountName();
    acting.fullName = "Command line (" + accountName() + ")";
    acting.workstation = hostName();
    acting.unrestricted = true;
    return acting;
}

base::Result<void> require(const Acting& acting, Right right) {
    if (acting.unrestricted || mayDo(acting.role, right)) {
        return {};
    }
    return base::fail(base::ErrorCode::NotPermitted, acting.username + " may not " + std::string{nameOf(right)} +
                                                         ": the role " + std::string{nameOf(acting.role)} +
                                                         " does not have that right");
}

}  // namespace leedswatch::access
