#include "simulator/leeds_streets.h"

#include <array>

namespace leedswatch::simulator {
namespace {

constexpr std::string_view centre = "Little London & Woodhouse";
constexpr std::string_view innerNorthWest = "Inner North West";

constexpr std::array<Street, 40> leedsStreets{
    {{"Briggate", "City centre", "LS1", centre, innerNorthWest, 53'797'200, -1'541'900},
     {"The Headrow", "City centre", "LS1", centre, innerNorthWest, 53'800'000, -1'545'300},
     {"Boar Lane", "City centre", "LS1", centre, innerNorthWest, 53'795'900, -1'544'700},
     {"Albion Street", "City centre", "LS1", centre, innerNorthWest, 53'798'100, -1'545'200},
     {"Wellington Street", "City centre", "LS1", centre, innerNorthWest, 53'796'600, -1'555'400},
     {"Great George Street", "City centre", "LS1", centre, innerNorthWest, 53'801'300, -1'549'600},
     {"Woodhouse Lane", "Woodhouse", "LS2", centre, innerNorthWest, 53'807'100, -1'552'800},
     {"Otley Road", "Headingley", "LS6", "Headingley & Hyde Park", innerNorthWest, 53'820'300, -1'578'900},
     {"Brudenell Road", "Hyde Park", "LS6", "Headingley & Hyde Park", innerNorthWest, 53'811'900, -1'567'300},
     {"Spen Lane", "West Park", "LS16", "Weetwood", innerNorthWest, 53'833'600, -1'601'500},
     {"Harehills Lane", "Harehills", "LS8", "Gipton & Harehills", "Inner East", 53'813'900, -1'506'900},
     {"Roundhay Road", "Harehills", "LS8", "Gipton & Harehills", "Inner East", 53'815'400, -1'517'400},
     {"York Road", "Burmantofts", "LS9", "Burmantofts & Richmond Hill", "Inner East", 53'799'300, -1'510'300},
     {"Easterly Road", "Gipton", "LS8", "Gipton & Harehills", "Inner East", 53'821'700, -1'490'800},
     {"Foundry Mill Street", "Seacroft", "LS14", "Killingbeck & Seacroft", "Inner East", 53'819'300, -1'457'800},
     {"Chapeltown Road", "Chapeltown", "LS7", "Chapel Allerton", "Inner North East", 53'817'500, -1'529'800},
     {"Street Lane", "Moortown", "LS17", "Moortown", "Inner North East", 53'843'300, -1'532'500},
     {"Oakwood Lane", "Oakwood", "LS8", "Roundhay", "Inner North East", 53'825'200, -1'496'300},
     {"Dewsbury Road", "Beeston", "LS11", "Hunslet & Riverside", "Inner South", 53'776'300, -1'544'900},
     {"Beeston Road", "Beeston", "LS11", "Beeston & Holbeck", "Inner South", 53'778'800, -1'561'400},
     {"Middleton Park Road", "Middleton", "LS10", "Middleton Park", "Inner South", 53'747'500, -1'545'700},
     {"Belle Isle Road", "Belle Isle", "LS10", "Middleton Park", "Inner South", 53'765'200, -1'530'300},
     {"Town Street", "Armley", "LS12", "Armley", "Inner West", 53'797'400, -1'589'800},
     {"Armley Road", "Armley", "LS12", "Armley", "Inner West", 53'797'100, -1'574'900},
     {"Kirkstall Road", "Kirkstall", "LS4", "Kirkstall", "Inner West", 53'808'900, -1'582'700},
     {"Stanningley Road", "Bramley", "LS13", "Bramley & Stanningley", "Inner West", 53'810'700, -1'627'300},
     {"Lowtown", "Pudsey", "LS28", "Pudsey", "Outer West", 53'796'900, -1'660'900},
     {"Old Lane", "Farsley", "LS28", "Calverley & Farsley", "Outer West", 53'812'600, -1'670'200},
     {"Whitehall Road", "Farnley", "LS12", "Farnley & Wortley", "Outer West", 53'779'300, -1'607'700},
     {"Queen Street", "Morley", "LS27", "Morley South", "Outer South", 53'745'600, -1'601'200},
     {"Bruntcliffe Lane", "Morley", "LS27", "Morley North", "Outer South", 53'746'100, -1'621'000},
     {"Commercial Street", "Rothwell", "LS26", "Rothwell", "Outer South", 53'748'800, -1'478'400},
     {"Austhorpe Road", "Cross Gates", "LS15", "Cross Gates & Whinmoor", "Outer East", 53'805'600, -1'449'400},
     {"Selby Road", "Halton", "LS15", "Temple Newsam", "Outer East", 53'798'000, -1'472'800},
     {"Main Street", "Garforth", "LS25", "Garforth & Swillington", "Outer East", 53'791'900, -1'381'300},
     {"High Street", "Wetherby", "LS22", "Wetherby", "Outer North East", 53'927'800, -1'385'600},
     {"King Lane", "Alwoodley", "LS17", "Alwoodley", "Outer North East", 53'855'700, -1'551'300},
     {"Kirkgate", "Otley", "LS21", "Otley & Yeadon", "Outer North West", 53'905'400, -1'691'800},
     {"New Road Side", "Horsforth", "LS18", "Horsforth", "Outer North West", 53'836'800, -1'640'400},
     {"Oxford Road", "Guiseley", "LS20", "Guiseley & Rawdon", "Outer North West", 53'875'500, -1'711'800}}};

}  // namespace

int streetCount() {
    return static_cast<int>(leedsStreets.size());
}

const Street& streetAt(int index) {
    return leedsStreets.at(static_cast<std::size_t>(index));
}

}  // namespace leedswatch::simulator
