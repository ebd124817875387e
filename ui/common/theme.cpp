#include "ui/common/theme.h"

#include "ui/common/icons.h"
#include "ui/common/palette.h"

#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>
#include <QVariant>
#include <QWidget>
#include <array>
#include <utility>

// Resources of a static library are linked in only if they are asked for, and this macro must stand outside a
// namespace.
static void initialiseResources() {
    Q_INIT_RESOURCE(leedswatch);
}

namespace leedswatch::ui::theme {

namespace {

QPalette darkPalette() {
    QPalette colours;
    colours.setColor(QPalette::Window, palette::panel);
    colours.setColor(QPalette::WindowText, palette::text);
    colours.setColor(QPalette::Base, palette::raised);
    colours.setColor(QPalette::AlternateBase, palette::panel);
    colours.setColor(QPalette::Text, palette::text);
    colours.setColor(QPalette::Button, palette::raised);
    colours.setColor(QPalette::ButtonText, palette::text);
    colours.setColor(QPalette::ToolTipBase, palette::raised);
    colours.setColor(QPalette::ToolTipText, palette::text);
    colours.setColor(QPalette::PlaceholderText, palette::textDim);
    colours.setColor(QPalette::Highlight, palette::accent);
    colours.setColor(QPalette::HighlightedText, palette::window);
    colours.setColor(QPalette::Link, palette::accent);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        colours.setColor(QPalette::Disabled, role, palette::line.lighter(150));
    }
    return colours;
}

/// The sheet names colours as @name, so that palette.h stays the only place where they stand.
QString styleSheet() {
    QFile file{QStringLiteral(":/theme/console.qss")};
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QString sheet = QString::fromUtf8(file.readAll());
    const std::array<std::pair<QString, QColor>, 11> colours{{{QStringLiteral("@textDim"), palette::textDim},
                                                              {QStringLiteral("@text"), palette::text},
                                                              {QStringLiteral("@window"), palette::window},
                                                              {QStringLiteral("@panel"), palette::panel},
                                                              {QStringLiteral("@raised"), palette::raised},
                                                              {QStringLiteral("@hover"), palette::hover},
                                                              {QStringLiteral("@line"), palette::line},
                                                              {QStringLiteral("@accent"), palette::accent},
                                                              {QStringLiteral("@live"), palette::live},
                                                              {QStringLiteral("@amber"), palette::amber},
                                                              {QStringLiteral("@red"), palette::red}}};
    for (const auto& [name, colour] : colours) {
        sheet.replace(name, colour.name());
    }
    return sheet;
}

QString nameOf(LabelKind kind) {
    switch (kind) {
        case LabelKind::Body: return QStringLiteral("body");
        case LabelKind::Dim: return QStringLiteral("dim");
        case LabelKind::Caption: return QStringLiteral("caption");
        case LabelKind::Title: return QStringLiteral("title");
        case LabelKind::Heading: return QStringLiteral("heading");
        case LabelKind::Refusal: return QStringLiteral("refusal");
        case LabelKind::Hint: return QStringLiteral("hint");
        case LabelKind::Number: return QStringLiteral("number");
    }
    return {};
}

QString nameOf(ButtonKind kind) {
    switch (kind) {
        case ButtonKind::Plain: return QStringLiteral("plain");
        case ButtonKind::Primary: return QStringLiteral("primary");
        case ButtonKind::Quiet: return QStringLiteral("quiet");
    }
    return {};
}

}  // namespace

void apply(QApplication& application) {
    initialiseResources();
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(darkPalette());
    QApplication::setFont(font(TextSize::Body));
    application.setStyleSheet(styleSheet());
    QApplication::setWindowIcon(icons::application());
}

QFont font(TextSize size, QFont::Weight weight) {
    QFont font;
    font.setFamilies({QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans"),
                      QStringLiteral("sans-serif")});
    font.setStyleHint(QFont::SansSerif);
    font.setPixelSize(static_cast<int>(size));
    font.setWeight(weight);
    return font;
}

QFont numbers(int pixelSize, QFont::Weight weight) {
    QFont font;
    font.setFamilies(
        {QStringLiteral("DejaVu Sans Mono"), QStringLiteral("Noto Sans Mono"), QStringLiteral("monospace")});
    font.setStyleHint(QFont::Monospace);
    font.setFixedPitch(true);
    font.setPixelSize(pixelSize);
    font.setWeight(weight);
    return font;
}

void setLabelKind(QWidget& label, LabelKind kind) {
    setStyleProperty(label, "labelKind", nameOf(kind));
}

QLabel* makeText(LabelKind kind, QWidget* parent, const QString& text) {
    auto* label = new QLabel{text, parent};
    setLabelKind(*label, kind);
    label->setWordWrap(true);
    return label;
}

void setButtonKind(QWidget& button, ButtonKind kind) {
    setStyleProperty(button, "buttonKind", nameOf(kind));
}

void setStyleProperty(QWidget& widget, const char* name, const QVariant& value) {
    if (widget.property(name) == value) {
        return;
    }
    widget.setProperty(name, value);
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
    widget.update();
}

}  // namespace leedswatch::ui::theme
