#include "incident/standard_types.h"

namespace leedswatch::incident {

const std::vector<StandardType>& standardTypes() {
    static const std::vector<StandardType> types{
        {"asb", "Anti-social behaviour", "", 1},
        {"violence", "Violence", "", 2},
        {"theft", "Theft", "", 3},
        {"damage", "Criminal damage", "", 4},
        {"drugs", "Drugs", "", 5},
        {"weapon", "Weapon", "", 6},
        {"missing", "Missing person", "", 7},
        {"welfare", "Welfare concern", "", 8},
        {"traffic", "Traffic", "", 9},
        {"fire", "Fire", "", 10},
        {"alarm", "Alarm", "", 11},
        {"police", "Police request", "", 12},
        {"patrol", "Patrol", "", 13},
        {"property", "Council property", "", 14},
        {"camera", "Camera or equipment", "", 15},
        {"occurrence", "Daily occurrence", "", 16},
        {"other", "Other", "", 17},
        {"begging", "Begging", "asb", 1},
        {"drinking", "Street drinking", "asb", 2},
        {"youths", "Youths causing annoyance", "asb", 3},
        {"fireworks", "Fireworks", "asb", 4},
        {"vehicles", "Vehicles used to annoy", "asb", 5},
        {"noise", "Noise", "asb", 6},
        {"assault", "Assault", "violence", 1},
        {"fight", "Fight", "violence", 2},
        {"robbery", "Robbery", "violence", 3},
        {"hate", "Hate crime", "violence", 4},
        {"shop", "Theft from a shop", "theft", 1},
        {"bicycle", "Bicycle theft", "theft", 2},
        {"vehicle", "Theft of or from a vehicle", "theft", 3},
        {"burglary", "Burglary", "theft", 4},
        {"graffiti", "Graffiti", "damage", 1},
        {"arson", "Arson", "damage", 2},
        {"tipping", "Fly-tipping", "damage", 3},
        {"dealing", "Dealing in drugs", "drugs", 1},
        {"knife", "Knife or blade", "weapon", 1},
        {"firearm", "Firearm", "weapon", 2},
        {"child", "Missing child", "missing", 1},
        {"vulnerable", "Missing vulnerable adult", "missing", 2},
        {"unwell", "Person unwell or injured", "welfare", 1},
        {"suicide", "Risk of suicide", "welfare", 2},
        {"drunk", "Person incapable through drink", "welfare", 3},
        {"locked-in", "Person locked in", "welfare", 4},
        {"collision", "Road traffic collision", "traffic", 1},
        {"obstruction", "Obstruction", "traffic", 2},
        {"wanted-vehicle", "Vehicle that is looked for", "traffic", 3},
    };
    return types;
}

}  // namespace leedswatch::incident
