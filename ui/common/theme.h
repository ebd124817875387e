#pragma once

#include <QFont>

class QApplication;
class QLabel;
class QWidget;

// The look of the console: one style sheet built from palette.h over Qt's Fusion style, and the type scale. Every
// length is a multiple of 4 pixels.

namespace leedswatch::ui::theme {

/// Pixels. Body is what people read all night; the rest is for its surroundings.
enum class TextSize { Caption = 11, Body = 13, Title = 15, Heading = 20, Display = 28 };

/// Gives the application its style, palette, fonts, sheet and icon. Call once, before the first widget.
void apply(QApplication& application);

/// Inter, else the desktop's own sans-serif.
[[nodiscard]] QFont font(TextSize size, QFont::Weight weight = QFont::Normal);
/// For clocks and numbers: every digit is as wide as the next, so that nothing jumps while it counts.
[[nodiscard]] QFont numbers(int pixelSize, QFont::Weight weight = QFont::Normal);

/// What a label is for; the style sheet colours and sizes it.
enum class LabelKind { Body, Dim, Caption, Title, Heading, Refusal, Hint, Number };
void setLabelKind(QWidget& label, LabelKind kind);
/// A label of that kind, whose text is broken into lines.
[[nodiscard]] QLabel* makeText(LabelKind kind, QWidget* parent, const QString& text = {});
/// Buttons: one primary action on a page, the rest plain; quiet ones have no frame until the pointer is on them.
enum class ButtonKind { Plain, Primary, Quiet };
void setButtonKind(QWidget& button, ButtonKind kind);

/// Sets a property that the style sheet asks for, and has the widget looked at again.
void setStyleProperty(QWidget& widget, const char* name, const QVariant& value);

}  // namespace leedswatch::ui::theme
