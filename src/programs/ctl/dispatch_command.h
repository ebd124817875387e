#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// `dispatch officers|units|jobs|keys|attendance …`: keyholding and mobile response.
void addDispatchCommands(CLI::App& root, Session& session, Command& chosen);

// Its parts, each in a file of its own.
void addDispatchUnitsCommands(CLI::App& dispatch, Session& session, Command& chosen);
void addDispatchJobsCommands(CLI::App& dispatch, Session& session, Command& chosen);
void addDispatchKeysCommands(CLI::App& dispatch, Session& session, Command& chosen);
void addDispatchAttendanceCommand(CLI::App& dispatch, Session& session, Command& chosen);

}  // namespace leedswatch::ctl
